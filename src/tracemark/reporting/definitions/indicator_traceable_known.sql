-- id: indicator.traceable_known
-- question: Of how many weapons that can be traced is the illicit origin known?
-- unit: weapons
-- paragraph: SDG 16.4.2
-- within: indicator.traceable_counted
-- by: year, manner
-- views: indicated
-- recorded: seized, found, surrendered
SELECT
    counted,
    happened_first,
    year,
    manner
FROM indicated
WHERE known_in_traceable
