-- code: traces_by_dealer
-- title: More recoveries than a dealer’s sales explain
-- stage: end_use
-- strength: medium
-- paragraph: PoA II.3
-- pattern: C3
-- evidence: sales by dealer, recoveries
-- innocent: The dealer sells kinds that are stolen more often, or serves a town with more police work.
-- statistic: funnel
WITH sales AS (
    SELECT e.from_holder AS dealer, COUNT(*) AS stock
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
)
SELECT sales.dealer, 'dealer' AS among, sales.stock, traced.weapon, traced.position, traced.happened
FROM sales
LEFT JOIN traced ON traced.dealer = sales.dealer
