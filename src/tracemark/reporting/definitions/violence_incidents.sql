-- id: violence.incidents
-- question: How many incidents of violence with small arms were there?
-- unit: incidents
-- paragraph: BMS7 DEV.4
-- by: year, region
-- views: statistics
-- stated: violence.incidents
SELECT
    dossier AS counted,
    number AS amount,
    happened_first,
    year,
    region
FROM statistics
WHERE series = 'violence.incidents'
