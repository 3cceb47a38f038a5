-- about: The events of no weapon, and all of each weapon that came to hand, was traced, or whose diversion was established: few
--  beside the rest. In the order in which they are looked for: by kind.
-- laid: kept
SELECT *
FROM events
WHERE
    weapon = 0
    OR weapon IN (
        SELECT weapon
        FROM events
        WHERE kind IN (
            'seized', 'found', 'surrendered', 'identified', 'trace_requested', 'trace_answered', 'diversion_established'
        )
    )
ORDER BY kind, happened_first
