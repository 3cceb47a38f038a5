-- code: batch_recovered
-- title: More of one batch recovered than chance brings
-- stage: transfer
-- strength: weak
-- paragraph: PoA II.12
-- pattern: T7
-- evidence: recoveries, marks of the whole register
-- innocent: The lot is older than others, went where more is checked, or was stolen together from one lawful owner.
-- statistic: batches
WITH borne AS (
    SELECT DISTINCT m.maker, m.stem, LENGTH(m.folded) AS places, m.running, m.weapon
    FROM marks AS m
    WHERE m.mark_kind = 'manufacture'
        AND m.running IS NOT NULL
        AND m.maker <> ''
        AND m.weapon IN (SELECT weapon FROM recoveries)
),
series AS (
    SELECT maker, stem, places FROM borne GROUP BY maker, stem, places HAVING COUNT(DISTINCT running) >= 3
),
numbers AS (
    SELECT DISTINCT m.maker, m.stem, LENGTH(m.folded) AS places, m.running
    FROM marks AS m
    JOIN series AS s ON s.maker = m.maker AND s.stem = m.stem AND s.places = LENGTH(m.folded)
    WHERE m.mark_kind = 'manufacture' AND m.running IS NOT NULL
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
JOIN borne AS n ON n.weapon = r.weapon
JOIN ranked
    ON ranked.maker = n.maker AND ranked.stem = n.stem AND ranked.places = n.places AND ranked.running = n.running
