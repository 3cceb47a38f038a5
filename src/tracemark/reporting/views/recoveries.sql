-- about: Every recovery, with what only a recovery says.
-- views: entries
-- laid: kept
SELECT
    h.position,
    h.weapon,
    h.kind AS manner,
    h.happened_first,
    h.year,
    h.authority,
    h.place,
    h.weapon_kind,
    h.country,
    COALESCE(e.details ->> '$.legal_basis', '') AS legal_basis,
    CASE
        WHEN COALESCE(e.details ->> '$.unmarked', '') <> '' THEN 'unmarked'
        WHEN m.position IS NOT NULL THEN 'marked'
        ELSE ''
    END AS marking
FROM entries AS h
JOIN events AS e ON e.position = h.position
LEFT JOIN (
    SELECT DISTINCT position FROM marks WHERE event_kind IN ('seized', 'found', 'surrendered') AND serial <> ''
) AS m ON m.position = h.position
WHERE h.kind IN ('seized', 'found', 'surrendered') AND e.kind IN ('seized', 'found', 'surrendered')
