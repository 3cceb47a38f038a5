-- about: How each weapon stood, and with whom, from one day to before another (or still): its whole life, so that how it stood on
--  any day is a look and no reckoning. Of several steps on one day the last in the record holds.
-- views: described
-- uses: kinds
-- laid: kept
WITH steps AS (
    SELECT
        e.weapon,
        k.leads_to AS status,
        CASE
            WHEN k.recovery OR e.holder IS NULL THEN NULL
            WHEN e.holder LIKE 'person:%' THEN 'person:'
            ELSE e.holder
        END AS holder,
        e.happened_first,
        e.position
    FROM events AS e
    JOIN kinds AS k ON k.kind = e.kind
    WHERE e.weapon > 0 AND k.leads_to IS NOT NULL
),
spans AS (
    SELECT
        weapon,
        status,
        LAST_VALUE(holder IGNORE NULLS) OVER turns AS holder,
        happened_first AS since,
        LEAD(happened_first) OVER turns AS until
    FROM steps
    WINDOW turns AS (PARTITION BY weapon ORDER BY happened_first, position ROWS UNBOUNDED PRECEDING)
)
SELECT
    s.weapon,
    s.status,
    COALESCE(s.holder, '') AS holder,
    s.since,
    COALESCE(s.until, DATE '9999-12-31') AS until,
    COALESCE(d.weapon_kind, '') AS weapon_kind,
    COALESCE(d.country, '') AS country,
    d.numbered_since
FROM spans AS s
LEFT JOIN described AS d ON d.weapon = s.weapon
WHERE s.until IS NULL OR s.until > s.since
ORDER BY s.status, holder, weapon_kind, country, until
