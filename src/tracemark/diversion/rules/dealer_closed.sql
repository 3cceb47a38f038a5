-- code: dealer_closed
-- title: From a closed dealer whose records nobody took over
-- stage: end_use
-- strength: weak
-- paragraph: ITI 13
-- pattern: C3
-- evidence: dealers, records taken over, recoveries
-- innocent: The records were taken over on paper and that was not entered.
SELECT
    [l.weapon] AS weapons,
    ARRAY_AGG(l.position) AS evidence,
    MAX(l.happened) AS happened,
    '' AS place,
    a.code AS dealer,
    a.active_until AS closed_on
FROM lives AS l
JOIN agencies AS a ON a.code = l.from_holder OR a.code = l.holder
CROSS JOIN here
WHERE a.kind = 'dealer'
    AND a.active_until <> ''
    AND a.active_until < CAST(here.today AS VARCHAR)
    AND NOT EXISTS (
        SELECT 1 FROM events AS taken WHERE taken.kind = 'records_taken_over' AND taken.from_holder = a.code
    )
GROUP BY l.weapon, a.code, a.active_until
