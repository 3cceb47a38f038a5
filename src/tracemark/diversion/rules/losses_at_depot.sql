-- code: losses_at_depot
-- title: More losses than a depot's stock explains
-- stage: storage
-- strength: medium
-- paragraph: PoA II.17
-- pattern: S1
-- evidence: losses, stock by holder
-- innocent: The depot reports better than others, or one raid took many.
WITH stock AS (
    SELECT holder, COUNT(*) AS stock
    FROM events
    WHERE weapon > 0 AND holder NOT LIKE 'person:%' AND kind IN ('manufactured', 'imported', 'registered', 'received', 'transferred')
    GROUP BY holder
),
losses AS (
    SELECT e.authority AS holder, e.weapon, e.position, e.happened
    FROM events AS e
    WHERE e.kind IN ('lost', 'stolen') AND e.authority IN (SELECT holder FROM stock)
),
rates AS (
    SELECT
        losses.holder,
        COUNT(*) AS count,
        MAX(stock.stock) * (SELECT COUNT(*) FROM losses) * 1.0
            / (SELECT SUM(stock) FROM stock WHERE holder IN (SELECT holder FROM losses)) AS expected
    FROM losses
    JOIN stock ON stock.holder = losses.holder
    GROUP BY losses.holder
)
SELECT
    ARRAY_AGG(losses.weapon) AS weapons,
    ARRAY_AGG(losses.position) AS evidence,
    MAX(losses.happened) AS happened,
    '' AS place,
    losses.holder,
    MAX(rates.count) AS count,
    CAST(ROUND(MAX(rates.expected)) AS BIGINT) AS expected
FROM losses
JOIN rates ON rates.holder = losses.holder
WHERE rates.count >= 8 AND 2 * (SQRT(rates.count + 0.375) - SQRT(rates.expected + 0.375)) > 4
GROUP BY losses.holder
