-- id: weapons.marked
-- question: How many weapons were marked after manufacture and import?
-- unit: weapons
-- paragraph: ITI 8(d)
-- by: year, weapon_kind, authority
-- views: described, happenings
-- recorded: marked
SELECT
    weapon AS counted,
    happened_first,
    year,
    weapon_kind,
    authority
FROM happenings
WHERE kind = 'marked'
QUALIFY ROW_NUMBER() OVER (PARTITION BY weapon, year ORDER BY happened_first, position) = 1
