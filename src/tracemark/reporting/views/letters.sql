-- about: Requests to and from other States about one weapon each, asked in the period: when each was acknowledged and
--  answered, and by which day it was to be. That an answer is delayed is no answer yet.
-- over: apart
-- laid: made
WITH steps AS (
    SELECT
        dossier,
        position,
        kind,
        happened_first,
        authority,
        due,
        COALESCE(to_state, '') AS to_state,
        COALESCE(from_state, '') AS from_state,
        COALESCE(details ->> '$.outcome', details ->> '$.answer.result', '') AS answer
    FROM events
    WHERE kind IN (
        'request_sent', 'request_acknowledged', 'request_answered', 'inquiry_received', 'inquiry_acknowledged', 'inquiry_answered'
    )
),
asked AS (
    SELECT * FROM steps WHERE kind IN ('request_sent', 'inquiry_received')
),
acknowledged AS (
    SELECT dossier, MIN(happened_first) AS happened_first
    FROM steps WHERE kind IN ('request_acknowledged', 'inquiry_acknowledged') GROUP BY dossier
),
answered AS (
    SELECT dossier, ARG_MIN(answer, position) AS answer, MIN(position) AS position,
        ARG_MIN(happened_first, position) AS happened_first
    FROM steps WHERE kind IN ('request_answered', 'inquiry_answered') AND answer <> 'delayed' GROUP BY dossier
),
promised AS (
    SELECT dossier, ARG_MAX(due, position) AS due
    FROM steps WHERE kind IN ('request_sent', 'request_acknowledged', 'inquiry_received', 'inquiry_acknowledged') AND due IS NOT NULL
    GROUP BY dossier
)
SELECT
    a.dossier,
    a.position,
    a.kind,
    a.happened_first,
    CAST(YEAR(a.happened_first) AS VARCHAR) AS year,
    a.authority,
    a.to_state,
    a.from_state,
    DATE_DIFF('day', a.happened_first, k.happened_first) AS acknowledged_days,
    DATE_DIFF('day', a.happened_first, r.happened_first) AS answered_days,
    COALESCE(r.answer, '') AS answer,
    COALESCE(r.happened_first <= p.due, FALSE) AS in_time
FROM asked AS a
LEFT JOIN acknowledged AS k ON k.dossier = a.dossier
LEFT JOIN answered AS r ON r.dossier = a.dossier
LEFT JOIN promised AS p ON p.dossier = a.dossier
WHERE a.happened_first BETWEEN DATE '$first' AND DATE '$last'
