-- id: counts.missing
-- question: How many weapons did physical counts find missing?
-- unit: weapons
-- paragraph: PoA II.17
-- by: year, authority
-- over: apart
-- views: described, happenings
-- recorded: count_closed
SELECT
    h.position AS counted,
    COALESCE(LEN(CAST(e.details -> '$.absent' AS JSON[])), 0) AS amount,
    h.happened_first,
    h.year,
    h.authority
FROM happenings AS h
JOIN events AS e ON e.position = h.position
WHERE h.kind = 'count_closed' AND e.kind = 'count_closed'
