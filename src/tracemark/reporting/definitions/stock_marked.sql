-- id: stock.marked
-- question: How many weapons in lawful hands bore a mark on record on the last day?
-- unit: weapons
-- paragraph: ITI 8(d)
-- within: stock.held
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
WHERE status IN ('held', 'issued', 'in_transit') AND numbered
