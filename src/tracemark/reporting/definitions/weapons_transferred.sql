-- id: weapons.transferred
-- question: How many weapons changed their holder within the State?
-- unit: weapons
-- paragraph: ITI 11
-- by: year, weapon_kind, authority
-- views: described, happenings
-- recorded: transferred
SELECT
    weapon AS counted,
    happened_first,
    year,
    weapon_kind,
    authority
FROM happenings
WHERE kind = 'transferred'
QUALIFY ROW_NUMBER() OVER (PARTITION BY weapon, year ORDER BY happened_first, position) = 1
