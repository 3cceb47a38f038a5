-- code: surplus_then_recovered
-- title: Sold from State stock, then recovered
-- stage: disposal
-- strength: weak
-- paragraph: PoA II.18
-- pattern: D1
-- evidence: disposals, recoveries
-- innocent: The lawful buyer was robbed, or sold it on lawfully.
SELECT
    [r.weapon] AS weapons,
    [m.position, r.position] AS evidence,
    r.happened,
    r.place,
    m.state AS mark_state
FROM recoveries AS r
JOIN (
    SELECT weapon, state, MIN(position) AS position FROM marks WHERE mark_kind = 'transfer' GROUP BY weapon, state
) AS m ON m.weapon = r.weapon
WHERE r.kind <> 'surrendered'
