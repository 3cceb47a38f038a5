-- id: indicator.traceable_counted
-- question: How many weapons that can be traced were seized for a crime, found or surrendered?
-- unit: weapons
-- paragraph: SDG 16.4.2
-- within: indicator.all_counted
-- by: year, manner
-- views: indicated
-- recorded: seized, found, surrendered
SELECT
    counted,
    happened_first,
    year,
    manner
FROM indicated
WHERE in_traceable
