-- Weapons recovered in the period, with what only a recovery says. A weapon counts once a year for each way of recovery.
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
        WHEN EXISTS (SELECT 1 FROM marks AS m WHERE m.position = h.position AND m.serial <> '') THEN 'marked'
        ELSE ''
    END AS marking
FROM happenings AS h
JOIN events AS e ON e.position = h.position
WHERE h.kind IN ('seized', 'found', 'surrendered') AND e.kind IN ('seized', 'found', 'surrendered')
QUALIFY ROW_NUMBER() OVER (PARTITION BY h.weapon, h.kind, h.year ORDER BY h.happened_first, h.position) = 1
