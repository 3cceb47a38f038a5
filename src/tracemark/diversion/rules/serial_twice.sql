-- code: serial_twice
-- title: One number on two weapons
-- stage: manufacture
-- strength: medium
-- paragraph: ITI 8(a)
-- pattern: M2
-- evidence: production log, marks
-- innocent: The maker gave numbers out again, for another calibre or in another works, or one weapon was registered twice.
WITH borne AS (
    SELECT maker, folded, weapon, MIN(position) AS position
    FROM marks
    WHERE mark_kind = 'manufacture'
        AND folded <> ''
        AND maker <> ''
        AND event_kind IN ('manufactured', 'imported', 'registered')
    GROUP BY maker, folded, weapon
),
shared AS (
    SELECT maker, folded FROM borne GROUP BY maker, folded HAVING COUNT(*) > 1
),
named AS (
    SELECT borne.maker, borne.folded, borne.weapon, borne.position, d.model
    FROM borne
    JOIN shared ON shared.maker = borne.maker AND shared.folded = borne.folded
    JOIN descriptions AS d ON d.position = borne.position
    WHERE d.model <> ''
)
SELECT
    ARRAY_AGG(named.weapon) AS weapons,
    ARRAY_AGG(named.position) AS evidence,
    MAX(e.happened) AS happened,
    '' AS place,
    named.folded AS serial,
    named.model,
    COUNT(*) AS count
FROM named
JOIN events AS e ON e.position = named.position
GROUP BY named.maker, named.model, named.folded
HAVING COUNT(*) > 1
