-- code: received_short
-- title: Packed, and missing from what came
-- stage: transfer
-- strength: strong
-- paragraph: PoA II.12
-- pattern: T3
-- evidence: packing list, receipt
-- innocent: Part of the consignment was left behind and follows, or a serial was read wrongly when it came.
WITH receipts AS (
    SELECT dossier, MAX(position) AS position, MAX(happened) AS happened, MAX(place) AS place
    FROM events
    WHERE kind IN ('consignment_received', 'consignment_mirrored')
    GROUP BY dossier
),
missing AS (
    SELECT packed.dossier, packed.weapon, packed.position
    FROM named AS packed
    WHERE packed.list = 'packed'
        AND NOT EXISTS (
            SELECT 1 FROM named AS came
            WHERE came.list = 'received' AND came.dossier = packed.dossier AND came.weapon = packed.weapon AND came.weapon > 0
        )
        AND NOT EXISTS (
            SELECT 1 FROM named AS came
            WHERE came.list = 'received' AND came.dossier = packed.dossier AND came.folded = packed.folded AND came.folded <> ''
        )
),
told AS (
    SELECT missing.dossier, missing.weapon, missing.position, 1 AS one
    FROM missing JOIN receipts ON receipts.dossier = missing.dossier
    UNION ALL
    SELECT DISTINCT missing.dossier, 0 AS weapon, receipts.position, 0 AS one
    FROM missing JOIN receipts ON receipts.dossier = missing.dossier
)
SELECT
    ARRAY_AGG(told.weapon) AS weapons,
    ARRAY_AGG(told.position) AS evidence,
    MAX(receipts.happened) AS happened,
    MAX(receipts.place) AS place,
    told.dossier AS consignment,
    SUM(told.one) AS count
FROM told
JOIN receipts ON receipts.dossier = told.dossier
GROUP BY told.dossier
