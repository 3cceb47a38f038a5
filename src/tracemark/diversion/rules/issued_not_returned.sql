-- code: issued_not_returned
-- title: Issued, and not back for two years
-- stage: storage
-- strength: weak
-- paragraph: PoA II.17
-- pattern: S1
-- evidence: issue and return log
-- innocent: It is a personal weapon of somebody still in service, or the return was not entered.
WITH latest AS (
    SELECT weapon, MAX(happened_first) AS happened_first, MAX(position) AS position
    FROM events
    WHERE weapon > 0
    GROUP BY weapon
)
SELECT
    [issued.weapon] AS weapons,
    [issued.position] AS evidence,
    issued.happened,
    issued.place,
    issued.to_holder,
    DATE_DIFF('day', COALESCE(issued.until, issued.happened_last), here.today) AS days
FROM events AS issued
JOIN latest ON latest.weapon = issued.weapon AND latest.position = issued.position
CROSS JOIN here
WHERE issued.kind = 'issued'
    AND latest.happened_first = issued.happened_first
    AND DATE_DIFF('day', COALESCE(issued.until, issued.happened_last), here.today) > 730
