-- id: stock.in_custody
-- question: How many recovered weapons were in custody on the last day?
-- unit: weapons
-- paragraph: PoA II.16
-- by: weapon_kind
-- views: described, stock
SELECT
    weapon AS counted,
    happened_first,
    weapon_kind
FROM stock
WHERE status = 'in_custody'
