-- code: negative_balance
-- title: More left a lot than it held
-- stage: storage
-- strength: medium
-- paragraph: PoA II.17
-- pattern: S2
-- evidence: ammunition lots
-- innocent: Days were written wrongly, or an entry is missing.
WITH moves AS (
    SELECT
        dossier,
        position,
        happened,
        MAX(site) OVER (PARTITION BY dossier) AS site,
        kind = 'lot_counted' AS counted,
        CASE
            WHEN kind IN ('lot_issued', 'lot_destroyed') THEN -quantity
            WHEN kind = 'lot_expended' THEN 0
            ELSE quantity
        END AS store,
        CASE
            WHEN kind = 'lot_issued' THEN quantity
            WHEN kind IN ('lot_returned', 'lot_expended') THEN -quantity
            ELSE 0
        END AS out_of,
        CASE WHEN kind IN ('lot_issued', 'lot_destroyed', 'lot_expended') THEN happened_last ELSE happened_first END AS day
    FROM events
    WHERE kind IN (
        'lot_received', 'lot_added', 'lot_returned', 'lot_issued', 'lot_expended', 'lot_destroyed', 'lot_counted'
    )
),
stretches AS (
    SELECT moves.*, SUM(CASE WHEN counted THEN 1 ELSE 0 END) OVER in_turn AS stretch
    FROM moves
    WINDOW in_turn AS (
        PARTITION BY dossier ORDER BY day, position ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    )
),
balances AS (
    SELECT
        dossier,
        position,
        happened,
        site,
        SUM(store) OVER (
            PARTITION BY dossier, stretch ORDER BY day, position ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS balance,
        SUM(out_of) OVER (
            PARTITION BY dossier ORDER BY day, position ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS out_of
    FROM stretches
)
SELECT
    ARRAY_AGG(CAST(0 AS BIGINT)) AS weapons,
    ARRAY_AGG(position) AS evidence,
    MAX(happened) AS happened,
    MAX(site) AS place,
    dossier AS lot,
    LEAST(MIN(balance), MIN(out_of)) AS balance
FROM balances
WHERE balance < 0 OR out_of < 0
GROUP BY dossier
