-- code: repeat_buyer
-- title: One buyer of several weapons, some of them recovered
-- stage: end_use
-- strength: medium
-- paragraph: PoA II.3
-- pattern: C2
-- evidence: sales, recoveries
-- innocent: A collector was burgled.
WITH buyers AS (
    SELECT holder, COUNT(DISTINCT weapon) AS recovered
    FROM lives
    WHERE kind = 'transferred' AND holder LIKE 'person:%'
    GROUP BY holder
)
SELECT
    ARRAY_AGG(e.weapon) AS weapons,
    ARRAY_AGG(e.position) AS evidence,
    MAX(e.happened) AS happened,
    '' AS place,
    e.holder,
    COUNT(DISTINCT e.weapon) AS count,
    MAX(buyers.recovered) AS recovered
FROM events AS e
JOIN buyers ON buyers.holder = e.holder
WHERE e.kind = 'transferred'
GROUP BY e.holder
HAVING COUNT(DISTINCT e.weapon) >= 3 AND DATE_DIFF('day', MIN(e.happened_first), MAX(e.happened_last)) <= 365
