-- code: shipped_not_received
-- title: Shipped, not received
-- stage: transfer
-- strength: medium
-- paragraph: PoA II.12
-- pattern: T3
-- evidence: shipments, receipts
-- innocent: The receipt was not yet entered, or the weapon came under another identity.
SELECT
    [s.weapon] AS weapons,
    [s.position] AS evidence,
    s.happened,
    s.place,
    s.holder,
    s.consignment,
    DATE_DIFF('day', s.happened_last, here.today) AS days
FROM events AS s
CROSS JOIN here
WHERE s.kind = 'shipped'
    AND DATE_DIFF('day', s.happened_last, here.today) > 90
    AND NOT EXISTS (
        SELECT 1 FROM events AS later
        WHERE later.weapon = s.weapon
            AND later.kind IN ('received', 'lost', 'stolen', 'seized', 'found', 'surrendered', 'exported')
            AND (later.happened_first, later.position) > (s.happened_first, s.position)
    )
