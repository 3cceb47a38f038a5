-- id: traces.requested
-- question: How many trace requests were made?
-- unit: requests
-- paragraph: ITI 17
-- by: year
-- recorded: trace_requested
SELECT
    e.position AS counted,
    e.happened_first,
    CAST(YEAR(e.happened_first) AS VARCHAR) AS year
FROM events AS e
CROSS JOIN period AS p
WHERE e.kind = 'trace_requested' AND e.happened_first BETWEEN p.first AND p.last
