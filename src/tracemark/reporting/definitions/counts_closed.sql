-- id: counts.closed
-- question: How many physical counts were completed?
-- unit: counts
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
WHERE kind = 'count_closed'
