-- code: issued_not_returned
-- title: Issued, and not back for two years
-- stage: storage
-- strength: weak
-- paragraph: PoA II.17
-- pattern: S1
-- evidence: issue and return log
-- innocent: It is a personal weapon of somebody still in service, or the return was not entered.
WITH long_out AS (
    SELECT
        issued.weapon, issued.position, issued.happened, issued.happened_first, issued.place, issued.to_holder,
        DATE_DIFF('day', COALESCE(issued.until, issued.happened_last), here.today) AS days
    FROM events AS issued
    CROSS JOIN here
    WHERE issued.kind = 'issued'
        AND DATE_DIFF('day', COALESCE(issued.until, issued.happened_last), here.today) > 730
),
latest AS (
    SELECT weapon, MAX(happened_first) AS happened_first, MAX(position) AS position
    FROM events
    WHERE weapon IN (SELECT weapon FROM long_out)
    GROUP BY weapon
)
SELECT
    [long_out.weapon] AS weapons,
    [long_out.position] AS evidence,
    long_out.happened,
    long_out.place,
    long_out.to_holder,
    long_out.days
FROM long_out
JOIN latest
    ON latest.weapon = long_out.weapon
    AND latest.position = long_out.position
    AND latest.happened_first = long_out.happened_first
