-- id: recoveries.seized
-- question: How many weapons were seized?
-- unit: weapons
-- paragraph: PoA II.16
-- within: recoveries.all, manner = seized
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
WHERE manner = 'seized'
