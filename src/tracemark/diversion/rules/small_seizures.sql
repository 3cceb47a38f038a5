-- code: small_seizures
-- title: Small seizures of one make at one place
-- stage: end_use
-- strength: weak
-- paragraph: PoA II.27
-- pattern: C4
-- evidence: recoveries by place
-- innocent: One campaign of checks, or one popular make.
WITH made AS (
    SELECT d.weapon, MAX(d.maker) AS maker FROM descriptions AS d
    WHERE d.weapon IN (SELECT weapon FROM recoveries) AND d.maker <> ''
    GROUP BY d.weapon
),
windows AS (
    SELECT
        r.weapon, r.position, r.happened, r.place, made.maker,
        CAST(FLOOR(DATE_DIFF('day', DATE '1970-01-01', r.happened_first) / 60.0) AS BIGINT) AS season
    FROM recoveries AS r
    JOIN made ON made.weapon = r.weapon
    WHERE r.kind = 'seized' AND r.place <> ''
)
SELECT
    ARRAY_AGG(weapon) AS weapons,
    ARRAY_AGG(position) AS evidence,
    MAX(happened) AS happened,
    place,
    maker,
    COUNT(DISTINCT weapon) AS count
FROM windows
GROUP BY place, maker, season
HAVING COUNT(DISTINCT weapon) >= 5 AND COUNT(DISTINCT happened) >= 3
