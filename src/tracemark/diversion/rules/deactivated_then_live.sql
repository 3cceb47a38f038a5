-- code: deactivated_then_live
-- title: Deactivated, then recovered
-- stage: disposal
-- strength: medium
-- paragraph: FP 9(c)
-- pattern: C5
-- evidence: deactivations, recoveries
-- innocent: It was recovered as it was, deactivated.
SELECT
    [weapon] AS weapons,
    [status_position, position] AS evidence,
    happened,
    place,
    status_since AS deactivated_on
FROM lives
WHERE recovery AND status_before = 'deactivated'
