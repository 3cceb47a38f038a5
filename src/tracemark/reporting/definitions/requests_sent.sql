-- id: requests.sent
-- question: How many trace requests were sent to other States?
-- unit: requests
-- paragraph: ITI 17
-- by: year, authority, to_state
-- views: letters
-- recorded: request_sent
SELECT
    dossier AS counted,
    happened_first,
    year,
    authority,
    to_state
FROM letters
WHERE kind = 'request_sent'
