-- code: certificate_unknown
-- title: A certificate that nobody gave
-- stage: transfer
-- strength: medium
-- paragraph: PoA II.12
-- pattern: T1
-- evidence: certificates, licences
-- innocent: The certificate is kept on paper and was not entered.
SELECT
    [CAST(0 AS BIGINT)] AS weapons,
    [l.position] AS evidence,
    l.happened,
    '' AS place,
    l.dossier AS licence,
    l.certificate
FROM events AS l
WHERE l.kind = 'licence_issued'
    AND l.certificate IS NOT NULL
    AND NOT EXISTS (
        SELECT 1 FROM events AS c
        WHERE c.dossier = l.certificate AND c.kind IN ('certificate_issued', 'certificate_presented')
    )
