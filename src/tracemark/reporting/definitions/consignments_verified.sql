-- id: consignments.verified
-- question: How many deliveries were verified?
-- unit: consignments
-- paragraph: PoA II.12
-- by: year, authority
-- views: described, happenings
-- recorded: consignment_opened
SELECT
    position AS counted,
    happened_first,
    year,
    authority
FROM happenings
WHERE kind = 'consignment_verified'
