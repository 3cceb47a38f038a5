-- code: recoveries_rise
-- title: More recoveries at a place than before
-- stage: end_use
-- strength: weak
-- paragraph: PoA II.27
-- pattern: S4
-- evidence: recoveries by month
-- innocent: The police checks more, or a post was opened there.
-- statistic: rises
SELECT
    place AS series,
    (YEAR(happened_first) - 1970) * 12 + MONTH(happened_first) - 1 AS month,
    weapon,
    position,
    happened,
    place
FROM recoveries
WHERE kind IN ('seized', 'found') AND place <> '' AND YEAR(happened_first) = YEAR(happened_last) AND MONTH(happened_first) = MONTH(happened_last)
