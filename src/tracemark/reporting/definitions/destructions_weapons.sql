-- id: destructions.weapons
-- question: How many weapons were destroyed?
-- unit: weapons
-- paragraph: PoA II.19
-- by: year, weapon_kind, authority, method
-- views: described, happenings
-- recorded: destroyed
SELECT
    weapon AS counted,
    happened_first,
    year,
    weapon_kind,
    authority,
    method
FROM happenings
WHERE kind = 'destroyed'
QUALIFY ROW_NUMBER() OVER (PARTITION BY weapon, year ORDER BY happened_first, position) = 1
