-- code: passed_on_without_consent
-- title: Passed on abroad against an undertaking
-- stage: transfer
-- strength: medium
-- paragraph: PoA II.13
-- pattern: T5
-- evidence: end-user certificates, imports, exports, answers to retransfer notices
-- innocent: It came under another deal, for which nothing was undertaken, or the consent is on paper and was not entered.
WITH undertaken AS (
    SELECT
        used.from_state AS origin,
        given.position,
        given.happened_first,
        JSON_EXTRACT_STRING(given.details, '$.contents.goods') AS goods
    FROM events AS given
    JOIN events AS used ON used.dossier = given.dossier AND used.kind = 'certificate_used'
    WHERE given.kind = 'certificate_issued'
        AND JSON_EXTRACT_STRING(given.details, '$.contents.no_retransfer') = 'true'
),
came AS (
    SELECT i.weapon, i.position, i.happened, i.happened_last, i.from_state AS origin, MAX(u.position) AS undertaking
    FROM events AS i
    JOIN undertaken AS u ON u.origin = i.from_state AND u.happened_first <= i.happened_last
    JOIN descriptions AS d ON d.weapon = i.weapon AND STRPOS(u.goods, CONCAT('"kind":"', d.weapon_kind, '"')) > 0
    WHERE i.kind = 'imported'
    GROUP BY i.weapon, i.position, i.happened, i.happened_last, i.from_state
)
SELECT
    [gone.weapon] AS weapons,
    [came.undertaking, came.position, gone.position] AS evidence,
    gone.happened,
    COALESCE(gone.place, '') AS place,
    came.happened AS imported_on,
    came.origin AS origin_state,
    gone.to_state
FROM came
JOIN events AS gone ON gone.weapon = came.weapon AND gone.kind = 'exported'
WHERE came.happened_last <= gone.happened_first
    AND gone.to_state <> came.origin
    AND NOT EXISTS (
        SELECT 1 FROM events AS answer
        WHERE answer.kind = 'licence_answered'
            AND answer.dossier = gone.licence
            AND answer.from_state = came.origin
            AND answer.happened_first <= gone.happened_last
            AND JSON_EXTRACT_STRING(answer.details, '$.consents') = 'true'
    )
