-- code: loss_reported_late
-- title: A loss reported late
-- stage: end_use
-- strength: weak
-- paragraph: PoA II.17
-- pattern: C1
-- evidence: loss reports
-- innocent: The owner was abroad, or noticed late.
SELECT
    [weapon] AS weapons,
    [position] AS evidence,
    happened,
    place,
    authority AS holder,
    DATE_DIFF('day', happened_last, reported_on) AS days
FROM losses
WHERE DATE_DIFF('day', happened_last, reported_on) > 90
