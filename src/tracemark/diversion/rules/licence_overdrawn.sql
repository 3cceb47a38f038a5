-- code: licence_overdrawn
-- title: More moved than the licence lets go
-- stage: transfer
-- strength: strong
-- paragraph: PoA II.11
-- pattern: T1
-- evidence: licences, shipments
-- innocent: The licence was amended on paper, or a weapon was entered under the wrong licence.
WITH allowed AS (
    SELECT dossier, SUM(quantity) AS allowed, MIN(position) AS position FROM goods GROUP BY dossier
),
gone AS (
    SELECT licence AS dossier, weapon, position, happened
    FROM events
    WHERE kind IN ('exported', 'imported', 'shipped') AND weapon > 0 AND licence IN (SELECT dossier FROM allowed)
),
entered AS (
    SELECT DISTINCT gone.dossier, m.folded
    FROM gone
    JOIN marks AS m ON m.weapon = gone.weapon
    WHERE m.folded <> ''
),
moved AS (
    SELECT dossier, weapon, '' AS serial, position, happened FROM gone
    UNION ALL
    SELECT e.licence, n.weapon, CASE WHEN n.weapon = 0 THEN n.folded ELSE '' END, n.position, e.happened
    FROM named AS n
    JOIN events AS e ON e.position = n.position
    LEFT JOIN entered ON entered.dossier = e.licence AND entered.folded = n.folded AND n.weapon = 0
    WHERE n.list = 'packed'
        AND entered.folded IS NULL
        AND e.licence IN (SELECT dossier FROM allowed)
        AND n.dossier NOT IN (SELECT dossier FROM events WHERE kind = 'consignment_cancelled')
),
drawn AS (
    SELECT dossier, COUNT(DISTINCT CONCAT(CAST(weapon AS VARCHAR), ' ', serial)) AS drawn FROM moved GROUP BY dossier
)
SELECT
    ARRAY_AGG(moved.weapon) AS weapons,
    ARRAY_AGG(moved.position) AS evidence,
    MAX(moved.happened) AS happened,
    '' AS place,
    moved.dossier AS licence,
    MAX(allowed.allowed) AS allowed,
    MAX(drawn.drawn) AS drawn
FROM moved
JOIN allowed ON allowed.dossier = moved.dossier
JOIN drawn ON drawn.dossier = moved.dossier
WHERE drawn.drawn > allowed.allowed
GROUP BY moved.dossier
