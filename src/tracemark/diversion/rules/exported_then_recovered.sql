-- code: exported_then_recovered
-- title: Exported, then recovered here
-- stage: transfer
-- strength: medium
-- paragraph: PoA II.13
-- pattern: T5
-- evidence: exports, recoveries
-- innocent: It was brought back lawfully, and the return was not entered.
SELECT
    [l.weapon] AS weapons,
    [l.status_position, l.position] AS evidence,
    l.happened,
    l.place,
    l.status_since AS exported_on,
    out_of.to_state
FROM lives AS l
JOIN lives AS out_of ON out_of.position = l.status_position
WHERE l.recovery AND l.status_before = 'abroad'
