-- id: records.corrected
-- question: How many entries were put right?
-- unit: entries
-- paragraph: ITI 11
-- by: year, authority
-- views: described, happenings
-- recorded: registered, manufactured, imported
SELECT
    position AS counted,
    happened_first,
    year,
    authority
FROM happenings
WHERE kind = 'corrected'
