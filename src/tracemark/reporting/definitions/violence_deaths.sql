-- id: violence.deaths
-- question: How many persons died by violence with small arms?
-- unit: persons
-- paragraph: BMS7 DEV.4
-- by: year, sex, age_band, disability, region
-- views: statistics
-- stated: violence.deaths
SELECT
    dossier AS counted,
    number AS amount,
    happened_first,
    year,
    sex,
    age_band,
    disability,
    region
FROM statistics
WHERE series = 'violence.deaths'
