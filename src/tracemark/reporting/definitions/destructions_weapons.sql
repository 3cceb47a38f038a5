-- id: destructions.weapons
-- question: How many weapons were destroyed?
-- unit: weapons
-- paragraph: PoA II.19
-- by: year, weapon_kind, authority, method
-- views: described
-- recorded: destroyed
SELECT
    e.weapon AS counted,
    MIN(e.happened_first) AS happened_first,
    CAST(YEAR(MIN(e.happened_first)) AS VARCHAR) AS year,
    COALESCE(MIN(d.weapon_kind), '') AS weapon_kind,
    ARG_MIN(e.authority, e.position) AS authority,
    COALESCE(ARG_MIN(e.method, e.position), '') AS method
FROM events AS e
CROSS JOIN period AS p
LEFT JOIN described AS d ON d.weapon = e.weapon
WHERE e.kind = 'destroyed' AND e.happened_first BETWEEN p.first AND p.last
GROUP BY e.weapon
