-- id: traces.requested
-- question: How many trace requests were made?
-- unit: requests
-- paragraph: ITI 17
-- by: year, authority
-- views: described, happenings
-- recorded: trace_requested
SELECT
    position AS counted,
    happened_first,
    year,
    authority
FROM happenings
WHERE kind = 'trace_requested'
