-- id: people.delegates
-- question: How many delegates were sent to meetings on small arms?
-- unit: persons
-- paragraph: BMS7 DEV.2
-- by: year, sex, age_band, disability, body
-- views: statistics
-- stated: people.delegates
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
WHERE series = 'people.delegates'
