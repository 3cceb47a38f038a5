-- id: people.delegates_women
-- question: How many delegates to meetings on small arms were women?
-- unit: persons
-- paragraph: BMS7 DEV.2
-- within: people.delegates, sex = female
-- by: year, age_band, disability, body
-- views: statistics
-- stated: people.delegates
SELECT
    dossier AS counted,
    number AS amount,
    happened_first,
    year,
    age_band,
    disability,
    body
FROM statistics
WHERE series = 'people.delegates' AND sex = 'female'
