-- id: recoveries.for_indicator
-- question: What came of every weapon that was seized, found or surrendered?
-- unit: weapons
-- paragraph: SDG 16.4.2
-- by: year, manner, legal_basis, result, marking, known, settled
-- views: indicated
-- recorded: seized, found, surrendered
SELECT
    counted,
    happened_first,
    year,
    manner,
    legal_basis,
    result,
    marking,
    known,
    settled
FROM indicated
