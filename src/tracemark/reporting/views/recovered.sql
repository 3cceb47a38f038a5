-- about: Weapons recovered in the period. A weapon counts once a year for each way of recovery.
-- views: recoveries
-- laid: made
SELECT *
FROM recoveries
WHERE happened_first BETWEEN DATE '$first' AND DATE '$last'
QUALIFY ROW_NUMBER() OVER (PARTITION BY weapon, manner, year ORDER BY happened_first, position) = 1
