-- code: unmarked_production
-- title: Made without a number
-- stage: manufacture
-- strength: medium
-- paragraph: ITI 8(a)
-- pattern: M3
-- evidence: production log, marks
-- innocent: The number was stamped and not entered.
SELECT
    [made.weapon] AS weapons,
    [made.position] AS evidence,
    made.happened,
    made.place,
    made.authority AS holder
FROM events AS made
WHERE made.kind = 'manufactured'
    AND NOT EXISTS (
        SELECT 1 FROM marks WHERE marks.weapon = made.weapon AND marks.mark_kind = 'manufacture' AND marks.folded <> ''
    )
