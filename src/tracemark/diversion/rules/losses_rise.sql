-- code: losses_rise
-- title: An agency loses more than before
-- stage: storage
-- strength: weak
-- paragraph: PoA II.17
-- pattern: S3
-- evidence: losses by month
-- innocent: The stock grew, reporting began or improved, or one raid took many.
-- statistic: rises
SELECT
    authority AS series,
    (YEAR(happened_first) - 1970) * 12 + MONTH(happened_first) - 1 AS month,
    weapon,
    position,
    happened,
    '' AS place
FROM losses
WHERE authority <> '' AND YEAR(happened_first) = YEAR(happened_last) AND MONTH(happened_first) = MONTH(happened_last)
