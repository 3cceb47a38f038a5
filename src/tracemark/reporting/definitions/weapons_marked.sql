-- id: weapons.marked
-- question: How many weapons were marked?
-- unit: weapons
-- paragraph: ITI 8(b)
-- by: year, weapon_kind, authority
-- views: described
-- recorded: marked
SELECT
    e.weapon AS counted,
    MIN(e.happened_first) AS happened_first,
    CAST(YEAR(MIN(e.happened_first)) AS VARCHAR) AS year,
    COALESCE(MIN(d.weapon_kind), '') AS weapon_kind,
    ARG_MIN(e.authority, e.position) AS authority
FROM events AS e
CROSS JOIN period AS p
LEFT JOIN described AS d ON d.weapon = e.weapon
WHERE e.kind = 'marked' AND e.happened_first BETWEEN p.first AND p.last
GROUP BY e.weapon
