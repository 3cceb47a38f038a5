-- code: foreign_import_mark
-- title: Import mark of another State, without notice
-- stage: transfer
-- strength: medium
-- paragraph: PoA II.13
-- pattern: T5
-- evidence: recoveries, import marks, retransfer notices
-- innocent: The weapon was lawfully passed on before notices were asked for, or came with a traveller.
SELECT
    [r.weapon] AS weapons,
    [m.position, r.position] AS evidence,
    r.happened,
    r.place,
    m.state AS mark_state
FROM recoveries AS r
JOIN marks AS m ON m.weapon = r.weapon AND m.mark_kind = 'import'
CROSS JOIN here
WHERE m.state <> here.state
    AND m.state <> ''
    AND NOT EXISTS (
        SELECT 1 FROM events AS e
        WHERE e.weapon = r.weapon
            AND e.kind IN ('imported', 'exported', 'registered')
            AND e.happened_first <= r.happened_last
    )
