-- id: weapons.inspected
-- question: How many weapons had their marks inspected?
-- unit: weapons
-- paragraph: ITI 7(5)
-- by: year, weapon_kind, authority
-- views: described, happenings
-- recorded: inspected
SELECT
    weapon AS counted,
    happened_first,
    year,
    weapon_kind,
    authority
FROM happenings
WHERE kind = 'inspected'
QUALIFY ROW_NUMBER() OVER (PARTITION BY weapon, year ORDER BY happened_first, position) = 1
