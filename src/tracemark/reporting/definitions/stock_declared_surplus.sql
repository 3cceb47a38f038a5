-- id: stock.declared_surplus
-- question: How many weapons were declared surplus?
-- unit: weapons
-- paragraph: PoA II.18
-- by: year, weapon_kind, authority
-- views: described, happenings
-- recorded: declared_surplus
SELECT
    weapon AS counted,
    happened_first,
    year,
    weapon_kind,
    authority
FROM happenings
WHERE kind = 'declared_surplus'
QUALIFY ROW_NUMBER() OVER (PARTITION BY weapon, year ORDER BY happened_first, position) = 1
