-- id: weapons.deactivated
-- question: How many weapons were deactivated?
-- unit: weapons
-- paragraph: PoA II.18
-- by: year, weapon_kind, authority
-- views: described, happenings
-- recorded: deactivated
SELECT
    weapon AS counted,
    happened_first,
    year,
    weapon_kind,
    authority
FROM happenings
WHERE kind = 'deactivated'
QUALIFY ROW_NUMBER() OVER (PARTITION BY weapon, year ORDER BY happened_first, position) = 1
