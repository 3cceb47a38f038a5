-- code: delivery_overdue
-- title: Delivery overdue
-- stage: transfer
-- strength: weak
-- paragraph: PoA II.12
-- pattern: T3
-- evidence: consignments
-- innocent: The carrier is late, or the receipt was not yet entered.
SELECT
    [CAST(0 AS BIGINT)] AS weapons,
    [shipped.position] AS evidence,
    shipped.happened,
    shipped.place,
    shipped.dossier AS consignment,
    DATE_DIFF('day', due.due, here.today) AS days
FROM events AS shipped
JOIN (
    SELECT dossier, MAX(due) AS due FROM events
    WHERE kind IN ('consignment_opened', 'consignment_shipped')
    GROUP BY dossier
) AS due ON due.dossier = shipped.dossier
CROSS JOIN here
WHERE shipped.kind = 'consignment_shipped'
    AND due.due < here.today
    AND NOT EXISTS (
        SELECT 1 FROM events AS later
        WHERE later.dossier = shipped.dossier
            AND later.kind IN (
                'consignment_received', 'consignment_mirrored', 'consignment_verified',
                'consignment_closed', 'consignment_cancelled'
            )
    )
