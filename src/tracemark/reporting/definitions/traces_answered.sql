-- id: traces.answered
-- question: How many traces were answered, and with what outcome?
-- unit: answers
-- paragraph: ITI 20
-- by: year, authority, outcome
-- views: described, happenings
-- recorded: trace_requested, trace_answered
SELECT
    h.position AS counted,
    h.happened_first,
    h.year,
    h.authority,
    COALESCE(e.details ->> '$.outcome', '') AS outcome
FROM happenings AS h
JOIN events AS e ON e.position = h.position
WHERE h.kind = 'trace_answered' AND e.kind = 'trace_answered'
