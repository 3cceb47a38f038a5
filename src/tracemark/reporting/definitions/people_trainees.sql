-- id: people.trainees
-- question: How many officers were trained?
-- unit: persons
-- paragraph: BMS7 DEV.2
-- by: year, sex, age_band, disability, body
-- views: statistics
-- stated: people.trainees
SELECT
    dossier AS counted,
    number AS amount,
    happened_first,
    year,
    sex,
    age_band,
    disability,
    body
FROM statistics
WHERE series = 'people.trainees'
