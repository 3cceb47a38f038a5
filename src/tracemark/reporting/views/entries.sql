-- about: What happened, with what the weapon is, whether a mark came with its making, and how a trace
--  ended. The day of an event known to its month or year only is the first it can have been.
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
    COALESCE(e.authorises, '') AS authorises,
    CASE WHEN e.kind = 'trace_answered' THEN COALESCE(e.details ->> '$.outcome', '') END AS outcome,
    m.position IS NOT NULL AS marked_when_made,
    COALESCE(d.weapon_kind, '') AS weapon_kind,
    COALESCE(d.country, '') AS country,
    d.import_marked_since,
    d.last_recovered
FROM events AS e
LEFT JOIN described AS d ON d.weapon = e.weapon
LEFT JOIN (
    SELECT DISTINCT position FROM marks WHERE event_kind = 'manufactured' AND mark_kind = 'manufacture'
) AS m ON m.position = e.position AND e.kind = 'manufactured'
ORDER BY e.kind, e.happened_first
