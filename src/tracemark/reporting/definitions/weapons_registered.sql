-- id: weapons.registered
-- question: How many weapons were entered that had been here before?
-- unit: weapons
-- paragraph: ITI 11
-- by: year, weapon_kind, authority
-- views: described, happenings
-- recorded: registered
SELECT
    weapon AS counted,
    happened_first,
    year,
    weapon_kind,
    authority
FROM happenings
WHERE kind = 'registered'
QUALIFY ROW_NUMBER() OVER (PARTITION BY weapon, year ORDER BY happened_first, position) = 1
