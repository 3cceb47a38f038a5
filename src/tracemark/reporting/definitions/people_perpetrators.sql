-- id: people.perpetrators
-- question: How many persons were suspected of violence with small arms?
-- unit: persons
-- paragraph: BMS7 MEAS.3
-- by: year, sex, age_band, region
-- views: statistics
-- stated: people.perpetrators
SELECT
    dossier AS counted,
    number AS amount,
    happened_first,
    year,
    sex,
    age_band,
    region
FROM statistics
WHERE series = 'people.perpetrators'
