-- about: What happened in the period.
-- views: entries
-- laid: shown
SELECT
    *,
    COALESCE(import_marked_since <= DATE '$last', FALSE) AS import_marked,
    last_recovered IS NOT NULL AS ever_recovered
FROM entries WHERE happened_first BETWEEN DATE '$first' AND DATE '$last'
