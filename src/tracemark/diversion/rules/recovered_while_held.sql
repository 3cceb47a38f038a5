-- code: recovered_while_held
-- title: Recovered while on inventory
-- stage: storage
-- strength: strong
-- paragraph: PoA II.17
-- pattern: S1
-- evidence: inventory, recoveries
-- innocent: The serial was read or entered wrongly, two weapons share it, or a transfer or loss was not yet entered.
SELECT
    [weapon] AS weapons,
    [status_position, position] AS evidence,
    happened,
    place,
    holder_before AS holder,
    status_before AS status,
    status_since AS held_on
FROM lives
WHERE recovery
    AND status_before IN ('held', 'issued')
    AND holder_before NOT LIKE 'person:%'
