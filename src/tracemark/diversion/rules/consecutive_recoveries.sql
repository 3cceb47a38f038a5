-- code: consecutive_recoveries
-- title: Neighbouring numbers, recovered within two years
-- stage: transfer
-- strength: medium
-- paragraph: PoA II.12
-- pattern: T7
-- evidence: recoveries, marks
-- innocent: They were stolen together from one lawful owner, or recovered at one search.
WITH numbered AS (
    SELECT
        m.maker,
        m.stem,
        LENGTH(m.folded) AS places,
        m.running,
        r.weapon,
        r.position,
        r.happened,
        r.place,
        DATE_DIFF('day', DATE '1970-01-01', r.happened_first) AS day
    FROM recoveries AS r
    JOIN (
        SELECT weapon, maker, stem, folded, running FROM marks
        WHERE mark_kind = 'manufacture' AND running IS NOT NULL AND maker <> ''
        GROUP BY weapon, maker, stem, folded, running
    ) AS m ON m.weapon = r.weapon
),
steps AS (
    SELECT
        numbered.*,
        CASE
            WHEN running - LAG(running) OVER near <= 3 AND ABS(day - LAG(day) OVER near) <= 730 THEN 0
            ELSE 1
        END AS begins
    FROM numbered
    WINDOW near AS (PARTITION BY maker, stem, places ORDER BY running, position)
),
runs AS (
    SELECT
        steps.*,
        SUM(begins) OVER (
            PARTITION BY maker, stem, places ORDER BY running, position ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS run
    FROM steps
)
SELECT
    ARRAY_AGG(weapon) AS weapons,
    ARRAY_AGG(position) AS evidence,
    MAX(happened) AS happened,
    MAX(place) AS place,
    maker,
    COUNT(DISTINCT weapon) AS count,
    MIN(running) AS first_number,
    MAX(running) AS last_number
FROM runs
GROUP BY maker, stem, places, run
HAVING COUNT(DISTINCT weapon) >= 3
