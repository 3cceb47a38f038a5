-- about: What the State stated for years that lie in the period, as it holds: a row for each number. `newest` tells the last year
--  of a series.
-- over: apart
-- laid: made
WITH told AS (
    SELECT
        dossier,
        kind,
        details,
        ROW_NUMBER() OVER (PARTITION BY dossier ORDER BY position DESC) AS back
    FROM events
    WHERE kind IN ('statistics_stated', 'statistics_restated', 'statistics_withdrawn')
),
stated AS (
    SELECT
        dossier,
        details ->> '$.series' AS series,
        CAST(details ->> '$.year' AS INTEGER) AS told_of,
        UNNEST(CAST(details -> '$.cells' AS JSON[])) AS cell
    FROM told
    WHERE back = 1 AND kind <> 'statistics_withdrawn'
)
SELECT
    dossier,
    series,
    MAKE_DATE(told_of, 1, 1) AS happened_first,
    CAST(told_of AS VARCHAR) AS year,
    COALESCE(cell ->> '$.sex', '') AS sex,
    COALESCE(cell ->> '$.age_band', '') AS age_band,
    COALESCE(cell ->> '$.disability', '') AS disability,
    COALESCE(cell ->> '$.region', '') AS region,
    COALESCE(cell ->> '$.body', '') AS body,
    CAST(cell ->> '$.number' AS BIGINT) AS number,
    COALESCE(cell ->> '$.reason', '') AS reason,
    told_of = MAX(told_of) OVER (PARTITION BY series) AS newest
FROM stated
WHERE MAKE_DATE(told_of, 1, 1) >= DATE '$first' AND MAKE_DATE(told_of, 12, 31) <= DATE '$last'
