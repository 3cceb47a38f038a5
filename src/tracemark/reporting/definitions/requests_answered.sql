-- id: requests.answered
-- question: How many of our requests to other States were answered, and how?
-- unit: requests
-- paragraph: ITI 20
-- within: requests.sent
-- by: year, authority, to_state, answer
-- views: letters
-- recorded: request_sent, request_answered
SELECT
    dossier AS counted,
    happened_first,
    year,
    authority,
    to_state,
    answer
FROM letters
WHERE kind = 'request_sent' AND answer <> ''
