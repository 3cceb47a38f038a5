-- id: consignments.shipped
-- question: How many consignments were shipped?
-- unit: consignments
-- paragraph: PoA II.11
-- by: year, authority, moves, to_state
-- over: apart
-- views: described, happenings
-- recorded: consignment_opened
SELECT
    h.dossier AS counted,
    h.happened_first,
    h.year,
    h.authority,
    COALESCE(o.moves, '') AS moves,
    COALESCE(o.to_state, '') AS to_state
FROM happenings AS h
JOIN events AS o ON o.dossier = h.dossier AND o.kind = 'consignment_opened'
WHERE h.kind = 'consignment_shipped'
