-- id: consignments.short
-- question: How many weapons were packed in consignments that arrived without them?
-- unit: weapons
-- paragraph: PoA II.11
-- by: year, moves, to_state
-- over: apart
-- views: described, happenings
-- recorded: consignment_opened
WITH arrived AS (
    SELECT
        h.dossier,
        MIN(h.happened_first) AS happened_first,
        MIN(h.year) AS year
    FROM happenings AS h
    WHERE h.kind = 'consignment_received'
    GROUP BY h.dossier
)
SELECT
    n.weapon AS counted,
    a.happened_first,
    a.year,
    COALESCE(o.moves, '') AS moves,
    COALESCE(o.to_state, '') AS to_state
FROM arrived AS a
JOIN events AS o ON o.dossier = a.dossier AND o.kind = 'consignment_opened'
JOIN named AS n ON n.dossier = a.dossier AND n.list = 'packed' AND n.weapon > 0
WHERE NOT EXISTS (
    SELECT 1 FROM named AS r WHERE r.dossier = a.dossier AND r.list = 'received' AND r.weapon = n.weapon
)
