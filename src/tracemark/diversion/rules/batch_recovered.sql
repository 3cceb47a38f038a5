-- code: batch_recovered
-- title: More of one batch recovered than chance brings
-- stage: transfer
-- strength: weak
-- paragraph: PoA II.12
-- pattern: T7
-- evidence: recoveries, marks of the whole register
-- innocent: The lot is older than others, went where more is checked, or was stolen together from one lawful owner.
-- statistic: batches
WITH numbered AS (
    SELECT weapon, maker, stem, LENGTH(folded) AS places, running
    FROM marks
    WHERE mark_kind = 'manufacture' AND running IS NOT NULL AND maker <> ''
),
series AS (
    SELECT n.maker, n.stem, n.places
    FROM numbered AS n
    JOIN recoveries AS r ON r.weapon = n.weapon
    GROUP BY n.maker, n.stem, n.places
    HAVING COUNT(DISTINCT n.running) >= 3
),
numbers AS (
    SELECT DISTINCT n.maker, n.stem, n.places, n.running
    FROM numbered AS n
    JOIN series AS s ON s.maker = n.maker AND s.stem = n.stem AND s.places = n.places
),
ranked AS (
    SELECT
        numbers.*,
        ROW_NUMBER() OVER (PARTITION BY maker, stem, places ORDER BY running) AS rank,
        COUNT(*) OVER (PARTITION BY maker, stem, places) AS known
    FROM numbers
)
SELECT DISTINCT
    ranked.maker, ranked.stem, ranked.places, ranked.known, ranked.rank, ranked.running,
    r.weapon, r.position, r.happened, r.place, DATE_DIFF('day', DATE '1970-01-01', r.happened_first) AS day
FROM recoveries AS r
JOIN numbered AS n ON n.weapon = r.weapon
JOIN ranked
    ON ranked.maker = n.maker AND ranked.stem = n.stem AND ranked.places = n.places AND ranked.running = n.running
