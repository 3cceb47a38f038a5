-- id: exports.weapons
-- question: How many weapons were exported?
-- unit: weapons
-- paragraph: PoA II.11
-- by: year, weapon_kind, authority, to_state
-- views: described, happenings
-- recorded: exported
SELECT
    weapon AS counted,
    happened_first,
    year,
    weapon_kind,
    authority,
    to_state
FROM happenings
WHERE kind = 'exported'
QUALIFY ROW_NUMBER() OVER (PARTITION BY weapon, year ORDER BY happened_first, position) = 1
