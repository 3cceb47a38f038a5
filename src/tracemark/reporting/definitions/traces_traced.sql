-- id: traces.traced
-- question: How many traces led to the last lawful holder?
-- unit: answers
-- paragraph: ITI 20
-- by: year, authority
-- views: described, happenings
-- recorded: trace_requested, trace_answered
SELECT
    h.position AS counted,
    h.happened_first,
    h.year,
    h.authority
FROM happenings AS h
JOIN events AS e ON e.position = h.position
WHERE h.kind = 'trace_answered' AND e.kind = 'trace_answered' AND e.details ->> '$.outcome' = 'traced'
