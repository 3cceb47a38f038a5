-- code: losses_by_weekday
-- title: An agency’s losses fall on one day of the week
-- stage: storage
-- strength: weak
-- paragraph: PoA II.17
-- pattern: S1
-- evidence: losses by day
-- innocent: Losses are dated to the day of the weekly check at which they were noticed.
WITH losses AS (
    SELECT authority, weapon, position, happened, DATE_DIFF('day', DATE '2001-01-01', happened_first) % 7 AS weekday
    FROM events
    WHERE kind IN ('lost', 'stolen') AND happened_first = happened_last AND happened_first >= DATE '2001-01-01'
),
totals AS (
    SELECT authority, COUNT(*) AS total FROM losses GROUP BY authority
),
days AS (
    SELECT losses.authority, losses.weekday, COUNT(*) AS count, MAX(totals.total) / 7.0 AS expected
    FROM losses
    JOIN totals ON totals.authority = losses.authority
    GROUP BY losses.authority, losses.weekday
)
SELECT
    ARRAY_AGG(losses.weapon) AS weapons,
    ARRAY_AGG(losses.position) AS evidence,
    MAX(losses.happened) AS happened,
    '' AS place,
    losses.authority AS holder,
    losses.weekday,
    MAX(days.count) AS count,
    CAST(ROUND(MAX(days.expected)) AS BIGINT) AS expected
FROM losses
JOIN days ON days.authority = losses.authority AND days.weekday = losses.weekday
WHERE days.count >= 8 AND 2 * (SQRT(days.count + 0.375) - SQRT(days.expected + 0.375)) > 4
GROUP BY losses.authority, losses.weekday
