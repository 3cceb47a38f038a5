-- id: traces.abroad
-- question: How many traces were taken to other States, and to how many one after another?
-- unit: cases
-- paragraph: ITI 24
-- by: year, links
-- over: apart
-- recorded: request_sent
SELECT
    trace_case AS counted,
    MIN(happened_first) AS happened_first,
    CAST(YEAR(MIN(happened_first)) AS VARCHAR) AS year,
    CAST(COUNT(DISTINCT to_state) AS VARCHAR) AS links
FROM events
CROSS JOIN period AS p
WHERE kind = 'request_sent'
GROUP BY trace_case, p.first, p.last
HAVING MIN(happened_first) BETWEEN p.first AND p.last
