-- id: people.coordination_women
-- question: How many members of national coordination bodies are women?
-- unit: persons
-- paragraph: BMS7 DEV.2
-- within: people.coordination, sex = female
-- by: age_band, disability, body
-- views: statistics
-- stated: people.coordination
SELECT
    dossier AS counted,
    number AS amount,
    happened_first,
    age_band,
    disability,
    body
FROM statistics
WHERE series = 'people.coordination' AND newest AND sex = 'female'
