-- id: production.marked
-- question: How many manufactured weapons were recorded with a mark of manufacture?
-- unit: weapons
-- paragraph: ITI 8(a)
-- within: production.weapons
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
WHERE kind = 'manufactured' AND marked_when_made
QUALIFY ROW_NUMBER() OVER (PARTITION BY weapon, year ORDER BY happened_first, position) = 1
