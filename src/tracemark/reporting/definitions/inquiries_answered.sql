-- id: inquiries.answered
-- question: How many of other States' requests to us were answered, and how?
-- unit: requests
-- paragraph: ITI 20
-- within: inquiries.received
-- by: year, authority, from_state, answer
-- views: letters
-- recorded: inquiry_received, inquiry_answered
SELECT
    dossier AS counted,
    happened_first,
    year,
    authority,
    from_state,
    answer
FROM letters
WHERE kind = 'inquiry_received' AND answer <> ''
