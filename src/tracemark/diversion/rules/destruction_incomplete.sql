-- code: destruction_incomplete
-- title: Fewer destroyed than the destruction names
-- stage: disposal
-- strength: strong
-- paragraph: PoA II.19
-- pattern: S5
-- evidence: destruction plans and certificates
-- innocent: Some were put off to the next destruction, and the plan was not changed.
SELECT
    ARRAY_AGG(n.weapon) AS weapons,
    ARRAY_AGG(n.position) AS evidence,
    MAX(certified.happened) AS happened,
    MAX(planned.place) AS place,
    n.dossier AS destruction,
    COUNT(*) AS count
FROM named AS n
JOIN events AS certified ON certified.dossier = n.dossier AND certified.kind = 'destruction_certified'
JOIN events AS planned ON planned.position = n.position AND planned.kind = 'destruction_planned'
WHERE n.list = 'concerned'
    AND NOT EXISTS (SELECT 1 FROM events AS d WHERE d.weapon = n.weapon AND d.kind = 'destroyed' AND d.position > n.position)
GROUP BY n.dossier
