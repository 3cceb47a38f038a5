-- id: destructions.ammunition
-- question: How many rounds and pieces of ammunition lots were destroyed?
-- unit: pieces
-- paragraph: PoA II.19
-- by: year, authority, method
-- views: described, happenings
-- recorded: lot_received
SELECT
    position AS counted,
    COALESCE(quantity, 0) AS amount,
    happened_first,
    year,
    authority,
    method
FROM happenings
WHERE kind = 'lot_destroyed'
