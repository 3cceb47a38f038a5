-- id: weapons.reactivated
-- question: How many deactivated weapons were made to fire again?
-- unit: weapons
-- paragraph: PoA II.2
-- by: year, weapon_kind, authority
-- views: described, happenings
-- recorded: reactivated
SELECT
    weapon AS counted,
    happened_first,
    year,
    weapon_kind,
    authority
FROM happenings
WHERE kind = 'reactivated'
QUALIFY ROW_NUMBER() OVER (PARTITION BY weapon, year ORDER BY happened_first, position) = 1
