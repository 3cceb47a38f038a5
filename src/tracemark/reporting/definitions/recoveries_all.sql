-- id: recoveries.all
-- question: How many weapons were seized, found or surrendered?
-- unit: weapons
-- paragraph: SDG 16.4.2
-- by: year, manner, weapon_kind, authority, place, country, legal_basis, marking
-- views: described, happenings, recovered
-- recorded: seized, found, surrendered
SELECT
    weapon AS counted,
    happened_first,
    year,
    manner,
    weapon_kind,
    authority,
    place,
    country,
    legal_basis,
    marking
FROM recovered
