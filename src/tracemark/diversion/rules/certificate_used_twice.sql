-- code: certificate_used_twice
-- title: One certificate for two licences
-- stage: transfer
-- strength: strong
-- paragraph: PoA II.12
-- pattern: T1
-- evidence: certificates, licences
-- innocent: One licence took the place of another that was given back.
WITH used AS (
    SELECT certificate AS number, dossier, position, happened
    FROM events
    WHERE kind = 'licence_issued' AND certificate IS NOT NULL
    UNION ALL
    SELECT
        CONCAT(JSON_EXTRACT_STRING(details, '$.contents.issuer'), ' ', JSON_EXTRACT_STRING(details, '$.contents.number')),
        licence,
        position,
        happened
    FROM events
    WHERE kind = 'certificate_presented'
)
SELECT
    ARRAY_AGG(CAST(0 AS BIGINT)) AS weapons,
    ARRAY_AGG(position) AS evidence,
    MAX(happened) AS happened,
    '' AS place,
    number AS certificate,
    COUNT(DISTINCT dossier) AS count
FROM used
GROUP BY number
HAVING COUNT(DISTINCT dossier) > 1
