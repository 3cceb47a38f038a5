-- id: requests.answered_days
-- question: How many days did it take to answer the one in the middle of our requests to other States?
-- unit: days
-- paragraph: ITI 18
-- one: the middle
-- views: letters
-- recorded: request_answered
SELECT
    dossier AS counted,
    answered_days AS amount,
    happened_first
FROM letters
WHERE kind = 'request_sent' AND answered_days IS NOT NULL
QUALIFY
    2 * ROW_NUMBER() OVER (ORDER BY answered_days, position)
    IN (COUNT(*) OVER (), COUNT(*) OVER () + 1)
