-- code: losses_by_unit
-- title: More losses than issues to a unit explain
-- stage: storage
-- strength: medium
-- paragraph: PoA II.17
-- pattern: S1
-- evidence: issues, losses
-- innocent: The unit serves where weapons are lost in action.
WITH last_issue AS (
    SELECT lost.weapon, lost.position, lost.happened, MAX(issued.position) AS issue
    FROM events AS lost
    JOIN events AS issued
        ON issued.weapon = lost.weapon
        AND issued.kind = 'issued'
        AND issued.happened_first <= lost.happened_first
        AND issued.position < lost.position
    WHERE lost.kind IN ('lost', 'stolen')
    GROUP BY lost.weapon, lost.position, lost.happened
),
losses AS (
    SELECT last_issue.weapon, last_issue.position, last_issue.happened, issued.to_holder
    FROM last_issue
    JOIN events AS issued ON issued.position = last_issue.issue
),
issues AS (
    SELECT to_holder, COUNT(*) AS issues FROM events WHERE kind = 'issued' GROUP BY to_holder
),
rates AS (
    SELECT
        losses.to_holder,
        COUNT(*) AS count,
        MAX(issues.issues) * (SELECT COUNT(*) FROM losses) * 1.0 / (SELECT SUM(issues) FROM issues) AS expected
    FROM losses
    JOIN issues ON issues.to_holder = losses.to_holder
    GROUP BY losses.to_holder
)
SELECT
    ARRAY_AGG(losses.weapon) AS weapons,
    ARRAY_AGG(losses.position) AS evidence,
    MAX(losses.happened) AS happened,
    '' AS place,
    losses.to_holder,
    MAX(rates.count) AS count,
    CAST(ROUND(MAX(rates.expected)) AS BIGINT) AS expected
FROM losses
JOIN rates ON rates.to_holder = losses.to_holder
WHERE rates.count >= 5 AND 2 * (SQRT(rates.count + 0.375) - SQRT(rates.expected + 0.375)) > 4
GROUP BY losses.to_holder
