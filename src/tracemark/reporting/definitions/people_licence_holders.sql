-- id: people.licence_holders
-- question: How many persons hold a licence for a weapon?
-- unit: persons
-- paragraph: BMS7 MEAS.3
-- by: sex, age_band, region
-- views: statistics
-- stated: people.licence_holders
SELECT
    dossier AS counted,
    number AS amount,
    happened_first,
    sex,
    age_band,
    region
FROM statistics
WHERE series = 'people.licence_holders' AND newest
