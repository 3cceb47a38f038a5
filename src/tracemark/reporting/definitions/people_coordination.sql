-- id: people.coordination
-- question: How many persons are members of national coordination bodies?
-- unit: persons
-- paragraph: BMS7 DEV.2
-- by: sex, age_band, disability, body
-- views: statistics
-- stated: people.coordination
SELECT
    dossier AS counted,
    number AS amount,
    happened_first,
    sex,
    age_band,
    disability,
    body
FROM statistics
WHERE series = 'people.coordination' AND newest
