-- id: recoveries.surrendered
-- question: How many weapons were surrendered?
-- unit: weapons
-- paragraph: PoA II.20
-- within: recoveries.all, manner = surrendered
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
WHERE manner = 'surrendered'
