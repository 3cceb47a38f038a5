-- id: weapons.converted
-- question: How many weapons were converted?
-- unit: weapons
-- paragraph: PoA II.2
-- by: year, weapon_kind, authority
-- views: described, happenings
-- recorded: converted
SELECT
    weapon AS counted,
    happened_first,
    year,
    weapon_kind,
    authority
FROM happenings
WHERE kind = 'converted'
QUALIFY ROW_NUMBER() OVER (PARTITION BY weapon, year ORDER BY happened_first, position) = 1
