-- id: inquiries.received
-- question: How many trace requests of other States were received?
-- unit: requests
-- paragraph: ITI 17
-- by: year, authority, from_state
-- views: letters
-- recorded: inquiry_received
SELECT
    dossier AS counted,
    happened_first,
    year,
    authority,
    from_state
FROM letters
WHERE kind = 'inquiry_received'
