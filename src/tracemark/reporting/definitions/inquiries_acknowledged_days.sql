-- id: inquiries.acknowledged_days
-- question: How many days did it take to acknowledge the one in the middle of other States' requests to us?
-- unit: days
-- paragraph: ITI 19
-- one: the middle
-- views: letters
-- recorded: inquiry_acknowledged
SELECT
    dossier AS counted,
    acknowledged_days AS amount,
    happened_first
FROM letters
WHERE kind = 'inquiry_received' AND acknowledged_days IS NOT NULL
QUALIFY
    2 * ROW_NUMBER() OVER (ORDER BY acknowledged_days, position)
    IN (COUNT(*) OVER (), COUNT(*) OVER () + 1)
