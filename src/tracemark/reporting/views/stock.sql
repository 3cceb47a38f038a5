-- How each weapon stands on the last day of the period, and with whom; a natural person is a kind of holder, and no name.
WITH steps AS (
    SELECT
        e.weapon,
        k.leads_to,
        CASE WHEN NOT k.recovery THEN e.holder END AS holder,
        e.happened_first,
        DATE_DIFF('day', DATE '1800-01-01', e.happened_first) * 10000000000 + e.position AS turn
    FROM events AS e
    JOIN kinds AS k ON k.kind = e.kind
    CROSS JOIN period AS p
    WHERE e.weapon > 0 AND k.leads_to IS NOT NULL AND e.happened_first <= p.last
),
last AS (
    SELECT
        weapon,
        ARG_MAX(leads_to, turn) AS status,
        COALESCE(ARG_MAX(holder, turn) FILTER (WHERE holder IS NOT NULL), '') AS holder,
        ARG_MAX(happened_first, turn) AS happened_first
    FROM steps
    GROUP BY weapon
)
SELECT
    last.weapon,
    last.status,
    CASE WHEN last.holder LIKE 'person:%' THEN '' ELSE last.holder END AS holder,
    last.happened_first,
    CASE WHEN last.holder LIKE 'person:%' THEN 'person' ELSE COALESCE(a.kind, '') END AS holder_kind,
    COALESCE(d.weapon_kind, '') AS weapon_kind,
    COALESCE(d.country, '') AS country
FROM last
LEFT JOIN described AS d ON d.weapon = last.weapon
LEFT JOIN agencies AS a ON a.code = last.holder
