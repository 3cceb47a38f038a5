-- code: destroyed_then_recovered
-- title: Destroyed, then recovered
-- stage: disposal
-- strength: strong
-- paragraph: PoA II.19
-- pattern: S5
-- evidence: destruction log, recoveries
-- innocent: The serial was read wrongly at the destruction or at the recovery, or two weapons share it.
SELECT
    [weapon] AS weapons,
    [status_position, position] AS evidence,
    happened,
    place,
    status_since AS destroyed_on,
    holder_before AS holder
FROM lives
WHERE recovery AND status_before = 'destroyed'
