-- about: What happened, with what the weapon is. The day of an event known to its month or year only is the first it can have been.
--  A natural person is nobody's name here. In the order in which figures look: by kind, then by day.
-- views: described
-- laid: kept
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
    COALESCE(d.country, '') AS country,
    d.import_marked_since,
    d.last_recovered
FROM events AS e
LEFT JOIN described AS d ON d.weapon = e.weapon
ORDER BY e.kind, e.happened_first
