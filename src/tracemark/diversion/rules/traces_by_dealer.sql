-- code: traces_by_dealer
-- title: More recoveries than a dealer's sales explain
-- stage: end_use
-- strength: medium
-- paragraph: PoA II.3
-- pattern: C3
-- evidence: sales by dealer, recoveries
-- innocent: The dealer sells kinds that are stolen more often, or serves a town with more police work.
WITH sales AS (
    SELECT e.from_holder AS dealer, COUNT(*) AS sales
    FROM events AS e
    JOIN agencies AS a ON a.code = e.from_holder AND a.kind = 'dealer'
    WHERE e.kind = 'transferred'
    GROUP BY e.from_holder
),
traced AS (
    SELECT l.from_holder AS dealer, l.weapon, MIN(l.position) AS position, MAX(l.happened) AS happened
    FROM lives AS l
    WHERE l.kind = 'transferred' AND l.from_holder IN (SELECT dealer FROM sales)
    GROUP BY l.from_holder, l.weapon
),
rates AS (
    SELECT
        traced.dealer,
        COUNT(*) AS count,
        MAX(sales.sales) * (SELECT COUNT(*) FROM traced) * 1.0 / (SELECT SUM(sales) FROM sales) AS expected
    FROM traced
    JOIN sales ON sales.dealer = traced.dealer
    GROUP BY traced.dealer
)
SELECT
    ARRAY_AGG(traced.weapon) AS weapons,
    ARRAY_AGG(traced.position) AS evidence,
    MAX(traced.happened) AS happened,
    '' AS place,
    traced.dealer,
    MAX(rates.count) AS count,
    CAST(ROUND(MAX(rates.expected)) AS BIGINT) AS expected
FROM traced
JOIN rates ON rates.dealer = traced.dealer
WHERE rates.count >= 8 AND 2 * (SQRT(rates.count + 0.375) - SQRT(rates.expected + 0.375)) > 4
GROUP BY traced.dealer
