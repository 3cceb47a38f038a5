-- about: Of the weapons that stand apart: whether marks of each are on record, and why not, as was said last.
-- views: apart
-- laid: kept
WITH told AS (
    SELECT
        weapon,
        position,
        unmarked_because,
        FALSE AS marked
    FROM descriptions
    UNION ALL
    SELECT
        weapon,
        position,
        NULL AS unmarked_because,
        COALESCE(serial, '') <> '' OR COALESCE(text, '') <> '' AS marked
    FROM marks
)
SELECT
    weapon,
    ARG_MAX(unmarked_because, position) AS unmarked_because,
    BOOL_OR(marked) AS bears_marks
FROM told
WHERE weapon IN (SELECT weapon FROM apart)
GROUP BY weapon
