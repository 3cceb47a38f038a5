-- id: recoveries.found
-- question: How many weapons were found?
-- unit: weapons
-- paragraph: SDG 16.4.2
-- within: recoveries.all, manner = found
-- by: year, weapon_kind, authority, place, country, legal_basis, marking
-- views: described, happenings, recovered
-- recorded: seized, found, surrendered
SELECT
    weapon AS counted,
    happened_first,
    year,
    weapon_kind,
    authority,
    place,
    country,
    legal_basis,
    marking
FROM recovered
WHERE manner = 'found'
