-- id: stock.missing
-- question: How many weapons were lost or stolen and not recovered by the last day?
-- unit: weapons
-- paragraph: PoA II.17
-- by: status, holder_kind, weapon_kind
-- views: described, stock
SELECT
    weapon AS counted,
    happened_first,
    status,
    holder_kind,
    weapon_kind
FROM stock
WHERE status IN ('lost', 'stolen')
