-- code: unknown_step
-- title: A step that cannot follow the one before
-- stage: storage
-- strength: weak
-- paragraph: ITI 11
-- pattern: S2
-- evidence: record
-- innocent: An event in between was not entered.
SELECT
    [l.weapon] AS weapons,
    [l.status_position, l.position] AS evidence,
    l.happened,
    l.place,
    l.kind,
    l.kind_before,
    l.status_since AS before_on
FROM lives AS l
WHERE NOT l.recovery
    AND l.status_before IS NOT NULL
    AND l.leads_to IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM may_follow AS f WHERE f.kind = l.kind AND f.status = l.status_before)
