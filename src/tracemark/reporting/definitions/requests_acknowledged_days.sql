-- id: requests.acknowledged_days
-- question: How many days did it take to acknowledge the one in the middle of our requests to other States?
-- unit: days
-- paragraph: ITI 19
-- one: the middle
-- views: letters
-- recorded: request_acknowledged
SELECT
    dossier AS counted,
    acknowledged_days AS amount,
    happened_first
FROM letters
WHERE kind = 'request_sent' AND acknowledged_days IS NOT NULL
QUALIFY
    2 * ROW_NUMBER() OVER (ORDER BY acknowledged_days, position)
    IN (COUNT(*) OVER (), COUNT(*) OVER () + 1)
