-- code: losses_by_unit
-- title: More losses than issues to a unit explain
-- stage: storage
-- strength: medium
-- paragraph: PoA II.17
-- pattern: S1
-- evidence: issues, losses
-- innocent: The unit serves where weapons are lost in action.
-- statistic: funnel
WITH last_issue AS (
    SELECT lost.weapon, lost.position, lost.happened, MAX(issued.position) AS issue
    FROM losses AS lost
    JOIN events AS issued
        ON issued.weapon = lost.weapon
        AND issued.kind = 'issued'
        AND issued.happened_first <= lost.happened_first
        AND issued.position < lost.position
    GROUP BY lost.weapon, lost.position, lost.happened
),
issued_last AS (
    SELECT last_issue.weapon, last_issue.position, last_issue.happened, issued.to_holder
    FROM last_issue
    JOIN events AS issued ON issued.position = last_issue.issue
),
issues AS (
    SELECT to_holder, COUNT(*) AS stock FROM events WHERE kind = 'issued' GROUP BY to_holder
)
SELECT issues.to_holder, '' AS among, issues.stock, issued_last.weapon, issued_last.position, issued_last.happened
FROM issues
LEFT JOIN issued_last ON issued_last.to_holder = issues.to_holder
