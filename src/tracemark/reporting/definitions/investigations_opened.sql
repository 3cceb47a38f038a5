-- id: investigations.opened
-- question: How many investigations into missing or surplus weapons were opened?
-- unit: investigations
-- paragraph: PoA II.17
-- by: year, authority
-- views: described, happenings
-- recorded: site_listed
SELECT
    position AS counted,
    happened_first,
    year,
    authority
FROM happenings
WHERE kind = 'investigation_opened'
