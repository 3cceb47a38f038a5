-- id: recoveries.retained
-- question: How many recovered weapons were taken into official use?
-- unit: weapons
-- paragraph: PoA II.16
-- by: year, weapon_kind, authority
-- views: described, happenings
-- recorded: seized, found, surrendered, retained
SELECT
    weapon AS counted,
    happened_first,
    year,
    weapon_kind,
    authority
FROM happenings
WHERE kind = 'retained'
QUALIFY ROW_NUMBER() OVER (PARTITION BY weapon, year ORDER BY happened_first, position) = 1
