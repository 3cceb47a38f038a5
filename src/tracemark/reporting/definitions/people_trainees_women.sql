-- id: people.trainees_women
-- question: How many officers trained were women?
-- unit: persons
-- paragraph: BMS7 DEV.2
-- within: people.trainees, sex = female
-- by: year, age_band, disability, body
-- views: statistics
-- stated: people.trainees
SELECT
    dossier AS counted,
    number AS amount,
    happened_first,
    year,
    age_band,
    disability,
    body
FROM statistics
WHERE series = 'people.trainees' AND sex = 'female'
