-- id: production.weapons
-- question: How many weapons were manufactured?
-- unit: weapons
-- paragraph: ITI 8(a)
-- by: year, weapon_kind, authority
-- views: described, happenings
-- recorded: manufactured
SELECT
    weapon AS counted,
    happened_first,
    year,
    weapon_kind,
    authority
FROM happenings
WHERE kind = 'manufactured'
QUALIFY ROW_NUMBER() OVER (PARTITION BY weapon, year ORDER BY happened_first, position) = 1
