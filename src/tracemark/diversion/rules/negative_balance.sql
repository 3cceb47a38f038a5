-- code: negative_balance
-- title: More left a lot than it held
-- stage: storage
-- strength: strong
-- paragraph: PoA II.17
-- pattern: S2
-- evidence: ammunition lots
-- innocent: Entries were made in another order than things happened.
WITH moves AS (
    SELECT
        dossier,
        position,
        happened,
        site,
        SUM(
            CASE
                WHEN kind IN ('lot_received', 'lot_added', 'lot_returned') THEN quantity
                WHEN kind IN ('lot_issued', 'lot_expended', 'lot_destroyed') THEN -quantity
                ELSE 0
            END
        ) OVER (PARTITION BY dossier ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS balance
    FROM events
    WHERE kind IN ('lot_received', 'lot_added', 'lot_returned', 'lot_issued', 'lot_expended', 'lot_destroyed')
)
SELECT
    ARRAY_AGG(CAST(0 AS BIGINT)) AS weapons,
    ARRAY_AGG(position) AS evidence,
    MAX(happened) AS happened,
    MAX(site) AS place,
    dossier AS lot,
    MIN(balance) AS balance
FROM moves
WHERE balance < 0
GROUP BY dossier
