-- code: round_counts
-- title: Counts that come out round
-- stage: storage
-- strength: weak
-- paragraph: PoA II.17
-- pattern: S2
-- evidence: counts
-- innocent: The store holds full crates of ten.
SELECT
    ARRAY_AGG(CAST(0 AS BIGINT)) AS weapons,
    ARRAY_AGG(closed.position) AS evidence,
    MAX(closed.happened) AS happened,
    opened.site AS place,
    opened.site,
    COUNT(*) AS count
FROM events AS closed
JOIN events AS opened ON opened.dossier = closed.dossier AND opened.kind = 'count_opened'
WHERE closed.kind = 'count_closed' AND closed.found > 0
GROUP BY opened.site
HAVING COUNT(*) >= 4 AND SUM(CASE WHEN closed.found % 10 = 0 THEN 1 ELSE 0 END) = COUNT(*)
