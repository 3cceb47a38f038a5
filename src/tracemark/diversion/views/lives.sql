-- The lives of weapons that were recovered, step by step in the order in which things happened: where each stood before
-- (status_before, since the event at status_position), with whom (holder_before), and the last lawful event before.
WITH steps AS (
    SELECT
        e.weapon, e.position, e.kind, e.happened, e.happened_first, e.happened_last, e.authority, e.account, e.holder,
        e.from_holder, e.place, e.to_state,
        k.stage, k.leads_to, k.recovery, k.in_hands
    FROM events AS e
    JOIN kinds AS k ON k.kind = e.kind
    WHERE (k.leads_to IS NOT NULL OR k.in_hands) AND e.weapon IN (SELECT weapon FROM recoveries)
)
SELECT
    steps.*,
    ROW_NUMBER() OVER (PARTITION BY weapon ORDER BY happened_first, position) AS turn,
    LAST_VALUE(leads_to IGNORE NULLS) OVER before AS status_before,
    LAST_VALUE(CASE WHEN leads_to IS NOT NULL THEN position END IGNORE NULLS) OVER before AS status_position,
    LAST_VALUE(CASE WHEN leads_to IS NOT NULL THEN kind END IGNORE NULLS) OVER before AS kind_before,
    LAST_VALUE(CASE WHEN leads_to IS NOT NULL THEN happened END IGNORE NULLS) OVER before AS status_since,
    LAST_VALUE(CASE WHEN leads_to IS NOT NULL AND NOT recovery THEN holder END IGNORE NULLS) OVER before AS holder_before,
    LAST_VALUE(CASE WHEN in_hands THEN position END IGNORE NULLS) OVER before AS lawful_position,
    LAST_VALUE(CASE WHEN in_hands THEN happened_last END IGNORE NULLS) OVER before AS lawful_last
FROM steps
WINDOW before AS (
    PARTITION BY weapon ORDER BY happened_first, position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
)
