-- Marks that were read again, grouped by how they were made, in what, how deep, and between which years of their life they
-- stopped being whole; no row names a weapon. A reading is an inspection, or what an examiner read on a recovered weapon
-- that was identified. It is whole where every place was read, by eye. Source: ITI 7(5).
WITH concerned AS (
    SELECT weapon FROM events WHERE kind = 'inspected'
    UNION
    SELECT identified_as FROM events WHERE kind = 'identified' AND identified_as IS NOT NULL
),

told AS (
    SELECT
        e.weapon,
        e.position,
        e.kind,
        e.happened_first,
        e.details
    FROM events AS e
    SEMI JOIN concerned AS c ON c.weapon = e.weapon
    WHERE e.weapon <> 0 AND (CONTAINS(e.details, '"marks"') OR CONTAINS(e.details, '"components"') OR CONTAINS(e.details, '"fitted"'))
),

written AS (
    SELECT
        weapon,
        position,
        kind,
        happened_first,
        TRY_CAST(details ->> '$.weapon.year' AS INTEGER) AS made_in,
        UNNEST(CAST(details -> '$.marks' AS JSON[])) AS mark,
        GENERATE_SUBSCRIPTS(CAST(details -> '$.marks' AS JSON[]), 1) AS turn
    FROM told
    WHERE CONTAINS(details, '"marks"')
),

parts AS (
    SELECT
        weapon,
        position,
        UNNEST(
            LIST_CONCAT(CAST(details -> '$.components' AS JSON[]), CAST(details -> '$.fitted' AS JSON[]))
        ) AS component
    FROM told
    WHERE CONTAINS(details, '"components"') OR CONTAINS(details, '"fitted"')
),

materials AS (
    SELECT
        weapon,
        component ->> '$.part' AS part,
        ARG_MAX(component ->> '$.material', position) AS material,
        BOOL_OR(COALESCE(component ->> '$.control', '') = 'true') AS control
    FROM parts
    GROUP BY ALL
),

numbered AS (
    SELECT
        weapon,
        COALESCE(
            TRY_CAST(mark ->> '$.id' AS BIGINT),
            weapon * 256 + SUM(CASE WHEN mark ->> '$.id' IS NULL THEN 1 ELSE 0 END) OVER (
                PARTITION BY weapon ORDER BY happened_first, position, turn ROWS UNBOUNDED PRECEDING
            )
        ) AS mark_id,
        mark ->> '$.kind' AS mark_kind,
        mark ->> '$.part' AS part,
        COALESCE(mark ->> '$.serial', '') <> '' AS numbers,
        COALESCE(mark ->> '$.method', 'unknown') AS method,
        COALESCE(mark ->> '$.surface', 'unknown') AS surface,
        TRY_CAST(mark ->> '$.depth_mm' AS DECIMAL(12, 5)) AS depth_mm,
        CASE
            WHEN kind IN ('manufactured', 'marked') OR mark ->> '$.kind' = 'import' THEN happened_first
            WHEN COALESCE(TRY_CAST(mark ->> '$.year' AS INTEGER), made_in) IS NOT NULL
                THEN MAKE_DATE(COALESCE(TRY_CAST(mark ->> '$.year' AS INTEGER), made_in), 7, 1)
        END AS made_on
    FROM written
),

marks_made AS (
    SELECT
        n.*,
        m.control,
        CASE
            WHEN n.surface = 'embedded_plate' THEN 'embedded_plate'
            WHEN m.material IS NOT NULL AND m.material <> 'unknown' THEN m.material
            WHEN n.surface = 'polymer' THEN 'polymer'
            ELSE 'unknown'
        END AS material,
        CASE
            WHEN n.depth_mm IS NULL THEN 'unmeasured'
            WHEN n.depth_mm < 0.0762 THEN 'under_0_0762'
            WHEN n.depth_mm < 0.1524 THEN 'to_0_1524'
            ELSE 'over_0_1524'
        END AS depth
    FROM numbered AS n
    LEFT JOIN materials AS m ON m.weapon = n.weapon AND m.part = n.part
    QUALIFY ROW_NUMBER() OVER (PARTITION BY n.weapon, n.mark_id ORDER BY n.made_on DESC NULLS LAST) = 1
),

asked AS (
    SELECT
        t.weapon,
        t.happened_first AS seen_on,
        UNNEST(CAST(t.details -> '$.request.readings' AS JSON[])) AS reading
    FROM events AS t
    WHERE t.kind = 'trace_requested'
),

examined AS (
    SELECT
        weapon,
        seen_on,
        COALESCE(reading ->> '$.part', '') AS part,
        COALESCE(reading ->> '$.text', '') <> ''
        AND NOT REGEXP_MATCHES(reading ->> '$.text', '[?؟*٭…\[]|[[:lower:]]{4,}')
        AND COALESCE(reading ->> '$.method', '') IN ('', 'eye', 'photo') AS whole
    FROM asked
),

known AS (
    SELECT DISTINCT weapon, identified_as FROM events WHERE kind = 'identified' AND identified_as IS NOT NULL
),

seen AS (
    SELECT
        e.weapon,
        TRY_CAST(e.details ->> '$.mark' AS BIGINT) AS mark_id,
        e.happened_first AS seen_on,
        TRY_CAST(e.details ->> '$.legible_percent' AS DOUBLE) >= 100 AS whole
    FROM events AS e
    WHERE e.kind = 'inspected'
    UNION ALL
    SELECT
        k.identified_as,
        (
            SELECT MIN(m.mark_id) FROM marks_made AS m
            WHERE m.weapon = k.identified_as AND m.mark_kind = 'manufacture' AND m.numbers
                AND (m.part = x.part OR (x.part = '' AND COALESCE(m.control, TRUE)))
        ) AS mark_id,
        x.seen_on,
        x.whole
    FROM examined AS x
    LEFT JOIN known AS k ON k.weapon = x.weapon
),

placed AS (
    SELECT
        m.*,
        s.weapon AS bearer,
        s.mark_id AS seen_mark,
        s.whole,
        DATE_DIFF('day', m.made_on, s.seen_on) AS days,
        CASE
            WHEN m.mark_id IS NULL THEN 'unidentified'
            WHEN m.method = 'unknown' THEN 'method'
            WHEN m.material = 'unknown' THEN 'material'
            WHEN m.made_on IS NULL OR s.seen_on < m.made_on THEN 'age'
            ELSE ''
        END AS left_out
    FROM seen AS s
    LEFT JOIN marks_made AS m ON m.weapon = s.weapon AND m.mark_id = s.mark_id
),

held AS (
    SELECT
        method,
        material,
        depth,
        bearer,
        seen_mark,
        COALESCE(MAX(days) FILTER (WHERE whole), 0) AS whole_until,
        MAX(days) AS last_read,
        ARG_MAX(whole, days) AS readable
    FROM placed
    WHERE left_out = ''
    GROUP BY ALL
),

failed AS (
    SELECT
        h.*,
        (
            SELECT MIN(p.days) FROM placed AS p
            WHERE p.left_out = '' AND p.bearer = h.bearer AND p.seen_mark = h.seen_mark
                AND NOT p.whole AND p.days >= h.whole_until
        ) AS failed_by
    FROM held AS h
)

SELECT
    '' AS left_out,
    method,
    material,
    depth,
    readable,
    CAST(FLOOR(last_read / 365.25) AS INTEGER) AS age,
    CAST(ROUND(whole_until / 365.25) AS INTEGER) AS first,
    -- Failed by an age is before it, whole at an age is after it: so that what was read at one age tells them apart.
    CASE
        WHEN failed_by IS NOT NULL
            THEN GREATEST(CAST(ROUND(failed_by / 365.25) AS INTEGER) - 1, CAST(ROUND(whole_until / 365.25) AS INTEGER))
    END AS last,
    COUNT(*) AS counted
FROM failed
GROUP BY ALL
UNION ALL
SELECT
    left_out,
    '',
    '',
    '',
    COALESCE(whole, FALSE),
    NULL,
    NULL,
    NULL,
    COUNT(*)
FROM placed
WHERE left_out <> ''
GROUP BY ALL
ORDER BY ALL
