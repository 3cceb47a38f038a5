-- code: back_dated_entry
-- title: Entered after the recovery, dated before it
-- stage: storage
-- strength: medium
-- paragraph: PoA II.17
-- pattern: S2
-- evidence: record, recoveries
-- innocent: A backlog of paper was entered late.
SELECT
    [entered.weapon] AS weapons,
    [r.position, entered.position] AS evidence,
    entered.happened,
    r.place,
    entered.kind,
    entered.authority AS holder,
    r.happened AS recovered_on
FROM lives AS entered
JOIN recoveries AS r ON r.weapon = entered.weapon
WHERE entered.position > r.position
    AND entered.happened_last < r.happened_first
    AND entered.kind IN ('transferred', 'exported', 'destroyed', 'lost', 'stolen', 'shipped', 'deactivated')
