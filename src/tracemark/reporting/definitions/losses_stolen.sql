-- id: losses.stolen
-- question: How many weapons were stolen?
-- unit: weapons
-- paragraph: PoA II.17
-- by: year, weapon_kind, authority, holder
-- views: described, happenings
-- recorded: stolen
SELECT
    weapon AS counted,
    happened_first,
    year,
    weapon_kind,
    authority,
    holder
FROM happenings
WHERE kind = 'stolen'
QUALIFY ROW_NUMBER() OVER (PARTITION BY weapon, year ORDER BY happened_first, position) = 1
