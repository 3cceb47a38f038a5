-- code: parts_of_several_weapons
-- title: Parts with numbers of different weapons
-- stage: end_use
-- strength: medium
-- paragraph: FP 8(1)(a)
-- pattern: C6
-- evidence: recoveries, marks of parts
-- innocent: Armourers exchange slides and barrels; the number of a part need not be that of the weapon.
WITH parts AS (
    SELECT m.position, m.weapon, m.part, m.folded
    FROM marks AS m
    WHERE m.event_kind IN ('seized', 'found', 'surrendered')
        AND m.mark_kind IN ('manufacture', 'component')
        AND LENGTH(m.folded) >= 3
)
SELECT
    [a.weapon] AS weapons,
    [a.position] AS evidence,
    MAX(r.happened) AS happened,
    MAX(r.place) AS place,
    MIN(a.folded) AS serial,
    MIN(b.folded) AS other_serial
FROM parts AS a
JOIN parts AS b ON b.position = a.position AND b.part > a.part
JOIN recoveries AS r ON r.position = a.position
WHERE NOT ENDS_WITH(a.folded, b.folded) AND NOT ENDS_WITH(b.folded, a.folded)
GROUP BY a.position, a.weapon
