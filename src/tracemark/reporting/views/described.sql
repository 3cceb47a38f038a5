-- about: What each weapon is, as the last that was said of it has it; since when a number of it is on record, and an import mark;
--  and when it was last recovered.
-- laid: kept
WITH told AS (
    SELECT
        weapon,
        position,
        weapon_kind,
        country,
        CAST(NULL AS DATE) AS numbered,
        CAST(NULL AS DATE) AS import_marked,
        CAST(NULL AS DATE) AS recovered
    FROM descriptions
    UNION ALL
    SELECT
        m.weapon,
        -1,
        NULL,
        NULL,
        CASE WHEN m.serial <> '' THEN e.happened_first END,
        CASE WHEN m.mark_kind = 'import' THEN e.happened_first END,
        NULL
    FROM marks AS m
    JOIN events AS e ON e.position = m.position
    WHERE m.serial <> '' OR m.mark_kind = 'import'
    UNION ALL
    SELECT
        weapon,
        -1,
        NULL,
        NULL,
        NULL,
        NULL,
        happened_first
    FROM events
    WHERE kind IN ('seized', 'found', 'surrendered')
)
SELECT
    weapon,
    COALESCE(ARG_MAX(weapon_kind, position), '') AS weapon_kind,
    COALESCE(ARG_MAX(country, position), '') AS country,
    MIN(numbered) AS numbered_since,
    MIN(import_marked) AS import_marked_since,
    MAX(recovered) AS last_recovered
FROM told
GROUP BY weapon
