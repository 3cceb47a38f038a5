-- What happened in the period, with the year and with what the weapon is. The day of an event known to its month or year only
-- is the first it can have been. A natural person is nobody's name here.
SELECT
    e.position,
    e.weapon,
    e.kind,
    e.happened_first,
    CAST(YEAR(e.happened_first) AS VARCHAR) AS year,
    e.recorded_at,
    e.happened_last,
    e.authority,
    CASE WHEN e.holder LIKE 'person:%' THEN '' ELSE COALESCE(e.holder, '') END AS holder,
    COALESCE(e.place, '') AS place,
    COALESCE(e.from_state, '') AS from_state,
    COALESCE(e.to_state, '') AS to_state,
    COALESCE(e.method, '') AS method,
    COALESCE(e.dossier, '') AS dossier,
    e.quantity,
    COALESCE(d.weapon_kind, '') AS weapon_kind,
    COALESCE(d.country, '') AS country
FROM events AS e
CROSS JOIN period AS p
LEFT JOIN described AS d ON d.weapon = e.weapon
WHERE e.happened_first BETWEEN p.first AND p.last
