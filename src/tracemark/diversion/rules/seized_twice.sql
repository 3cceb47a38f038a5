-- code: seized_twice
-- title: Recovered again while in custody
-- stage: storage
-- strength: strong
-- paragraph: PoA II.17
-- pattern: S6
-- evidence: recoveries, releases, destructions
-- innocent: The same recovery was reported by two authorities, or the return to its owner was not entered.
SELECT
    [weapon] AS weapons,
    [status_position, position] AS evidence,
    happened,
    place,
    status_since AS seized_on
FROM lives
WHERE recovery AND status_before = 'in_custody'
