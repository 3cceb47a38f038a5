-- id: inquiries.in_time
-- question: How many of other States' requests to us were answered by the day that was set?
-- unit: requests
-- paragraph: ITI 18
-- within: inquiries.answered
-- by: year, authority, from_state
-- views: letters
-- recorded: inquiry_received, inquiry_answered
SELECT
    dossier AS counted,
    happened_first,
    year,
    authority,
    from_state
FROM letters
WHERE kind = 'inquiry_received' AND answer <> '' AND in_time
