-- code: losses_by_weekday
-- title: An agency’s losses fall on one day of the week
-- stage: storage
-- strength: weak
-- paragraph: PoA II.17
-- pattern: S1
-- evidence: losses by day
-- innocent: Losses are dated to the day of the weekly check at which they were noticed.
WITH dated AS (
    SELECT authority, weapon, position, happened, DATE_DIFF('day', DATE '2001-01-01', happened_first) % 7 AS weekday
    FROM losses
    WHERE happened_first = happened_last AND happened_first >= DATE '2001-01-01'
),
totals AS (
    SELECT authority, COUNT(*) AS total FROM dated GROUP BY authority
),
days AS (
    SELECT dated.authority, dated.weekday, COUNT(*) AS count, MAX(totals.total) / 7.0 AS expected
    FROM dated
    JOIN totals ON totals.authority = dated.authority
    GROUP BY dated.authority, dated.weekday
)
SELECT
    ARRAY_AGG(dated.weapon) AS weapons,
    ARRAY_AGG(dated.position) AS evidence,
    MAX(dated.happened) AS happened,
    '' AS place,
    dated.authority AS holder,
    dated.weekday,
    MAX(days.count) AS count,
    CAST(ROUND(MAX(days.expected)) AS BIGINT) AS expected
FROM dated
JOIN days ON days.authority = dated.authority AND days.weekday = dated.weekday
WHERE days.count >= 8 AND 2 * (SQRT(days.count + 0.375) - SQRT(days.expected + 0.375)) > 4
GROUP BY dated.authority, dated.weekday
