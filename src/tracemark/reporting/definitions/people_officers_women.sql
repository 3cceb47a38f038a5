-- id: people.officers_women
-- question: How many officers who work on the control of small arms are women?
-- unit: persons
-- paragraph: BMS7 DEV.2
-- within: people.officers, sex = female
-- by: age_band, disability, body
-- views: statistics
-- stated: people.officers
SELECT
    dossier AS counted,
    number AS amount,
    happened_first,
    age_band,
    disability,
    body
FROM statistics
WHERE series = 'people.officers' AND newest AND sex = 'female'
