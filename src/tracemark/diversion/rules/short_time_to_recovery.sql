-- code: short_time_to_recovery
-- title: Recovered soon after its last lawful event
-- stage: end_use
-- strength: medium
-- paragraph: PoA II.20
-- pattern: C2
-- evidence: sales, recoveries
-- innocent: A lawful owner was robbed, or was found with it on another ground; recoveries are no random sample.
SELECT
    [weapon] AS weapons,
    [lawful_position, position] AS evidence,
    happened,
    place,
    holder_before AS holder,
    DATE_DIFF('day', lawful_last, happened_first) AS days
FROM lives
WHERE recovery
    AND kind <> 'surrendered'
    AND status_before IN ('held', 'lost', 'stolen')
    AND holder_before LIKE 'person:%'
    AND DATE_DIFF('day', lawful_last, happened_first) BETWEEN 0 AND 364
