-- id: inquiries.answered_days
-- question: How many days did it take to answer the one in the middle of other States' requests to us?
-- unit: days
-- paragraph: ITI 18
-- one: the middle
-- views: letters
-- recorded: inquiry_answered
SELECT
    dossier AS counted,
    answered_days AS amount,
    happened_first
FROM letters
WHERE kind = 'inquiry_received' AND answered_days IS NOT NULL
QUALIFY
    2 * ROW_NUMBER() OVER (ORDER BY answered_days, position)
    IN (COUNT(*) OVER (), COUNT(*) OVER () + 1)
