-- id: indicator.all_counted
-- question: How many weapons were seized for a crime, found or surrendered?
-- unit: weapons
-- paragraph: SDG 16.4.2
-- within: recoveries.for_indicator
-- by: year, manner
-- views: indicated
-- recorded: seized, found, surrendered
SELECT
    counted,
    happened_first,
    year,
    manner
FROM indicated
WHERE in_all
