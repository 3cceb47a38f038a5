-- code: counted_missing
-- title: Missing at a count, and not reported lost
-- stage: storage
-- strength: strong
-- paragraph: PoA II.17
-- pattern: S1
-- evidence: counts, loss reports
-- innocent: It was issued or moved and not entered; the investigation is still open.
WITH seen AS (
    SELECT weapon, MAX(position) AS position
    FROM events
    WHERE weapon IN (SELECT weapon FROM named WHERE list = 'absent')
        AND kind IN (
            'lost', 'stolen', 'returned', 'counted', 'stored', 'inspected', 'issued', 'shipped', 'transferred',
            'destroyed', 'marked', 'repaired'
        )
    GROUP BY weapon
)
SELECT
    ARRAY_AGG(n.weapon) AS weapons,
    ARRAY_AGG(n.position) AS evidence,
    MAX(closed.happened) AS happened,
    MAX(opened.site) AS place,
    n.dossier AS counting,
    COUNT(*) AS count
FROM named AS n
JOIN events AS closed ON closed.position = n.position AND closed.kind = 'count_closed'
LEFT JOIN events AS opened ON opened.dossier = n.dossier AND opened.kind = 'count_opened'
LEFT JOIN seen ON seen.weapon = n.weapon AND seen.position > n.position
WHERE n.list = 'absent' AND seen.weapon IS NULL
GROUP BY n.dossier
