-- code: custody_without_disposition
-- title: In custody for two years without a decision
-- stage: disposal
-- strength: weak
-- paragraph: PoA II.16
-- pattern: S5
-- evidence: recoveries, dispositions
-- innocent: The case is still before a court.
SELECT
    [l.weapon] AS weapons,
    [l.position] AS evidence,
    l.happened,
    l.place,
    l.authority AS holder,
    DATE_DIFF('day', l.happened_last, here.today) AS days
FROM lives AS l
CROSS JOIN here
WHERE l.recovery
    AND DATE_DIFF('day', l.happened_last, here.today) > 730
    AND NOT EXISTS (
        SELECT 1 FROM lives AS later WHERE later.weapon = l.weapon AND later.turn > l.turn AND later.leads_to IS NOT NULL
    )
