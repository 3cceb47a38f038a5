-- code: count_overdue
-- title: A count is overdue
-- stage: storage
-- strength: weak
-- paragraph: PoA II.17
-- pattern: S2
-- evidence: sites, counts
-- innocent: The count was done and not yet closed.
WITH newest AS (
    SELECT dossier, MAX(CASE WHEN due IS NOT NULL THEN position END) AS position, MAX(place) AS place
    FROM events
    WHERE kind IN ('site_listed', 'site_revised', 'site_counted')
    GROUP BY dossier
)
SELECT
    [CAST(0 AS BIGINT)] AS weapons,
    [e.position] AS evidence,
    CAST(e.due AS VARCHAR) AS happened,
    newest.place,
    e.dossier AS site,
    DATE_DIFF('day', e.due, here.today) AS days
FROM newest
JOIN events AS e ON e.position = newest.position
CROSS JOIN here
WHERE e.due < here.today
    AND NOT EXISTS (SELECT 1 FROM events AS c WHERE c.dossier = e.dossier AND c.kind = 'site_closed')
