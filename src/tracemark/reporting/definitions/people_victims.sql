-- id: people.victims
-- question: How many persons were killed or hurt in violence with small arms?
-- unit: persons
-- paragraph: BMS7 MEAS.3
-- by: year, sex, age_band, disability, region
-- views: statistics
-- stated: people.victims
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
WHERE series = 'people.victims'
