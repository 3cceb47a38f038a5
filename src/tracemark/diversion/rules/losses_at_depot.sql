-- code: losses_at_depot
-- title: More losses than a depot’s stock explains
-- stage: storage
-- strength: medium
-- paragraph: PoA II.17
-- pattern: S1
-- evidence: losses, stock by holder
-- innocent: The depot reports better than others, or one raid took many.
-- statistic: funnel
WITH stock AS (
    SELECT holder, COUNT(*) AS stock
    FROM events
    WHERE weapon > 0 AND holder NOT LIKE 'person:%' AND kind IN ('manufactured', 'imported', 'registered', 'received', 'transferred')
    GROUP BY holder
)
SELECT stock.holder, COALESCE(a.kind, '') AS among, stock.stock, lost.weapon, lost.position, lost.happened
FROM stock
LEFT JOIN agencies AS a ON a.code = stock.holder
LEFT JOIN losses AS lost ON lost.authority = stock.holder
