-- id: inquiries.withheld
-- question: How many answers to other States were delayed, limited or refused, and on which ground?
-- unit: answers
-- paragraph: ITI 22
-- by: year, authority, answer, ground
-- over: apart
-- recorded: inquiry_received, inquiry_answered
SELECT
    position AS counted,
    happened_first,
    CAST(YEAR(happened_first) AS VARCHAR) AS year,
    authority,
    details ->> '$.answer.result' AS answer,
    CASE
        WHEN JSON_ARRAY_LENGTH(details -> '$.answer.grounds') > 1 THEN 'several'
        ELSE COALESCE(details ->> '$.answer.grounds[0]', '')
    END AS ground
FROM events
CROSS JOIN period AS p
WHERE kind = 'inquiry_answered' AND happened_first BETWEEN p.first AND p.last
    AND details ->> '$.answer.result' IN ('restricted', 'delayed', 'refused')
