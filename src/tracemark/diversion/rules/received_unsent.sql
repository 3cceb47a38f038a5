-- code: received_unsent
-- title: Came without having been packed
-- stage: transfer
-- strength: medium
-- paragraph: PoA II.12
-- pattern: T2
-- evidence: packing list, receipt
-- innocent: A serial was read wrongly on one side, or the packing list was not brought up to date.
WITH extra AS (
    SELECT came.dossier, came.weapon, came.position
    FROM named AS came
    WHERE came.list = 'received'
        AND NOT EXISTS (
            SELECT 1 FROM named AS packed
            WHERE packed.list = 'packed' AND packed.dossier = came.dossier
                AND packed.weapon = came.weapon AND packed.weapon > 0
        )
        AND NOT EXISTS (
            SELECT 1 FROM named AS packed
            WHERE packed.list = 'packed' AND packed.dossier = came.dossier
                AND packed.folded = came.folded AND packed.folded <> ''
        )
)
SELECT
    ARRAY_AGG(extra.weapon) AS weapons,
    ARRAY_AGG(extra.position) AS evidence,
    MAX(e.happened) AS happened,
    MAX(e.place) AS place,
    extra.dossier AS consignment,
    COUNT(*) AS count
FROM extra
JOIN events AS e ON e.position = extra.position
GROUP BY extra.dossier
