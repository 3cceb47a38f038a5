-- id: requests.in_time
-- question: How many of our requests to other States were answered by the day that was set?
-- unit: requests
-- paragraph: ITI 18
-- within: requests.answered
-- by: year, authority, to_state
-- views: letters
-- recorded: request_sent, request_answered
SELECT
    dossier AS counted,
    happened_first,
    year,
    authority,
    to_state
FROM letters
WHERE kind = 'request_sent' AND answer <> '' AND in_time
