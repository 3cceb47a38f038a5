-- id: imports.weapons
-- question: How many weapons were imported?
-- unit: weapons
-- paragraph: ITI 8(b)
-- by: year, weapon_kind, authority, from_state
-- views: described, happenings
-- recorded: imported
SELECT
    weapon AS counted,
    happened_first,
    year,
    weapon_kind,
    authority,
    from_state
FROM happenings
WHERE kind = 'imported'
QUALIFY ROW_NUMBER() OVER (PARTITION BY weapon, year ORDER BY happened_first, position) = 1
