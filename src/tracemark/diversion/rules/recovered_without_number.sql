-- code: recovered_without_number
-- title: Recovered without any number
-- stage: manufacture
-- strength: weak
-- paragraph: ITI 9
-- pattern: M1
-- evidence: recoveries, marks
-- innocent: The number was ground off after theft, or the examiner did not enter it: common in crime, whatever the origin.
SELECT
    [r.weapon] AS weapons,
    [r.position] AS evidence,
    r.happened,
    r.place,
    r.authority AS holder
FROM recoveries AS r
WHERE NOT EXISTS (
    SELECT 1 FROM marks WHERE marks.weapon = r.weapon AND (marks.folded <> '' OR marks.text <> '')
)
