-- id: indicator.all_known
-- question: Of how many weapons seized for a crime, found or surrendered is the illicit origin known?
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
WHERE known_in_all
