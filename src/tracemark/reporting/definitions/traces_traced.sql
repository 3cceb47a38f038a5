-- id: traces.traced
-- question: How many traces led to the last lawful holder?
-- unit: answers
-- paragraph: ITI 20
-- within: traces.answered, outcome = traced
-- by: year, authority
-- views: described, happenings
-- recorded: trace_requested, trace_answered
SELECT
    position AS counted,
    happened_first,
    year,
    authority
FROM happenings
WHERE kind = 'trace_answered' AND outcome = 'traced'
