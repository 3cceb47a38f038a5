-- id: stock.held
-- question: How many weapons stood in lawful hands on the last day?
-- unit: weapons
-- paragraph: PoA II.17
-- by: holder_kind, holder, weapon_kind, country
-- views: described, stock
SELECT
    weapon AS counted,
    happened_first,
    holder_kind,
    holder,
    weapon_kind,
    country
FROM stock
WHERE status IN ('held', 'issued', 'in_transit')
