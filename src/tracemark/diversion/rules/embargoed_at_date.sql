-- code: embargoed_at_date
-- title: To a destination under embargo on that day
-- stage: transfer
-- strength: strong
-- paragraph: ATT 6(1)
-- pattern: T4
-- evidence: transfers, embargoes by date
-- innocent: An exemption applied, such as a United Nations mission, and was not entered.
WITH in_force AS (
    SELECT state, since, until, symbol FROM embargoes
    UNION ALL
    SELECT declared.to_state, declared.valid_from, COALESCE(lifted.valid_until, declared.valid_until), declared.symbol
    FROM events AS declared
    LEFT JOIN events AS lifted ON lifted.dossier = declared.dossier AND lifted.kind = 'embargo_lifted'
    WHERE declared.kind = 'embargo_declared'
),
sent AS (
    SELECT e.weapon, e.position, e.happened, e.happened_first, e.happened_last, e.licence, e.to_state
    FROM events AS e
    WHERE e.kind = 'exported'
    UNION ALL
    SELECT e.weapon, e.position, e.happened, e.happened_first, e.happened_last, e.licence, opened.to_state
    FROM events AS e
    JOIN events AS opened ON opened.dossier = e.dossier AND opened.kind = 'consignment_opened'
    WHERE e.kind = 'consignment_shipped'
)
SELECT
    ARRAY_AGG(sent.weapon) AS weapons,
    ARRAY_AGG(sent.position) AS evidence,
    sent.happened,
    '' AS place,
    sent.to_state,
    MAX(in_force.symbol) AS symbol,
    COUNT(DISTINCT sent.position) AS count
FROM sent
JOIN in_force
    ON in_force.state = sent.to_state
    AND sent.happened_first >= in_force.since
    AND (in_force.until IS NULL OR sent.happened_last <= in_force.until)
WHERE NOT EXISTS (
    SELECT 1 FROM events AS approved
    WHERE approved.kind = 'licence_approved'
        AND approved.dossier = sent.licence
        AND JSON_EXTRACT_STRING(approved.details, '$.exemption') <> ''
)
GROUP BY sent.to_state, sent.happened
