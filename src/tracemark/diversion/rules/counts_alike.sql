-- code: counts_alike
-- title: Every count found the same number
-- stage: storage
-- strength: weak
-- paragraph: PoA II.17
-- pattern: S2
-- evidence: counts
-- innocent: Nothing is issued from this store.
SELECT
    ARRAY_AGG(CAST(0 AS BIGINT)) AS weapons,
    ARRAY_AGG(closed.position) AS evidence,
    MAX(closed.happened) AS happened,
    opened.site AS place,
    opened.site,
    MAX(closed.found) AS found,
    COUNT(*) AS count
FROM events AS closed
JOIN events AS opened ON opened.dossier = closed.dossier AND opened.kind = 'count_opened'
WHERE closed.kind = 'count_closed' AND closed.found > 0
GROUP BY opened.site
HAVING COUNT(*) >= 5 AND MIN(closed.found) = MAX(closed.found)
