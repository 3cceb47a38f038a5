-- id: recoveries.returned
-- question: How many recovered weapons were given back to a lawful holder?
-- unit: weapons
-- paragraph: PoA II.16
-- by: year, weapon_kind, authority
-- views: described, happenings
-- recorded: seized, found, surrendered, released
SELECT
    weapon AS counted,
    happened_first,
    year,
    weapon_kind,
    authority
FROM happenings
WHERE kind = 'released'
QUALIFY ROW_NUMBER() OVER (PARTITION BY weapon, year ORDER BY happened_first, position) = 1
