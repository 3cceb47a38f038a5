-- code: shipped_outside_validity
-- title: Moved while the licence did not hold
-- stage: transfer
-- strength: medium
-- paragraph: PoA II.11
-- pattern: T1
-- evidence: licences, shipments
-- innocent: The licence was extended and the extension not entered, or a day was written wrongly.
WITH terms AS (
    SELECT
        dossier,
        MAX(valid_from) AS valid_from,
        MAX(valid_until) AS valid_until,
        MAX(position) AS position
    FROM events
    WHERE kind = 'licence_drafted'
    GROUP BY dossier
),
revoked AS (
    SELECT dossier, MIN(happened_last) AS revoked FROM events WHERE kind = 'licence_revoked' GROUP BY dossier
)
SELECT
    ARRAY_AGG(moved.weapon) AS weapons,
    ARRAY_AGG(moved.position) AS evidence,
    moved.happened,
    MAX(moved.place) AS place,
    moved.licence,
    MAX(terms.valid_from) AS valid_from_on,
    MAX(terms.valid_until) AS valid_until_on
FROM events AS moved
JOIN terms ON terms.dossier = moved.licence
LEFT JOIN revoked ON revoked.dossier = moved.licence
WHERE moved.kind IN ('exported', 'imported', 'shipped', 'consignment_shipped')
    AND (
        moved.happened_last < terms.valid_from
        OR moved.happened_first > terms.valid_until
        OR moved.happened_first > revoked.revoked
    )
GROUP BY moved.licence, moved.happened
