-- code: back_dated_by_account
-- title: One account enters after the fact again and again
-- stage: storage
-- strength: medium
-- paragraph: PoA II.17
-- pattern: X1
-- evidence: record, recoveries
-- innocent: It is the account of the clerk who enters all paper.
SELECT
    ARRAY_AGG(entered.weapon) AS weapons,
    ARRAY_AGG(entered.position) AS evidence,
    MAX(entered.happened) AS happened,
    '' AS place,
    entered.account,
    COUNT(DISTINCT entered.position) AS count
FROM lives AS entered
JOIN recoveries AS r ON r.weapon = entered.weapon
WHERE entered.position > r.position
    AND entered.happened_last < r.happened_first
    AND entered.kind IN ('transferred', 'exported', 'destroyed', 'lost', 'stolen', 'shipped', 'deactivated')
GROUP BY entered.account
HAVING COUNT(DISTINCT entered.position) >= 3
