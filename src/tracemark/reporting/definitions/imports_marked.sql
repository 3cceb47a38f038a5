-- id: imports.marked
-- question: How many imported weapons bear an import mark, put on with the import or since?
-- unit: weapons
-- paragraph: ITI 8(b)
-- within: imports.weapons
-- by: year, weapon_kind, authority, from_state
-- views: described, happenings
-- recorded: imported
SELECT
    h.weapon AS counted,
    h.happened_first,
    h.year,
    h.weapon_kind,
    h.authority,
    h.from_state
FROM happenings AS h
WHERE h.kind = 'imported' AND h.import_marked
QUALIFY ROW_NUMBER() OVER (PARTITION BY h.weapon, h.year ORDER BY h.happened_first, h.position) = 1
