-- id: people.officers
-- question: How many officers work on the control of small arms?
-- unit: persons
-- paragraph: BMS7 DEV.2
-- by: sex, age_band, disability, body
-- views: statistics
-- stated: people.officers
SELECT
    dossier AS counted,
    number AS amount,
    happened_first,
    sex,
    age_band,
    disability,
    body
FROM statistics
WHERE series = 'people.officers' AND newest
