-- id: records.erased
-- question: How many records of persons were erased?
-- unit: entries
-- paragraph: ITI 12
-- by: year, authority
-- views: described, happenings
-- recorded: registered, manufactured, imported
SELECT
    position AS counted,
    happened_first,
    year,
    authority
FROM happenings
WHERE kind = 'personal_data_erased'
