-- id: traces.answered
-- question: How many traces were answered, and with what outcome?
-- unit: answers
-- paragraph: ITI 20
-- by: year, authority, outcome
-- views: described, happenings
-- recorded: trace_requested, trace_answered
SELECT
    position AS counted,
    happened_first,
    year,
    authority,
    outcome
FROM happenings
WHERE kind = 'trace_answered'
