-- code: route_deviation
-- title: Passed where the route does not lead
-- stage: transfer
-- strength: medium
-- paragraph: PoA II.12
-- pattern: T2
-- evidence: declared route, transit reports
-- innocent: Weather or traffic made the carrier call elsewhere, and the route was not changed.
SELECT
    [CAST(0 AS BIGINT)] AS weapons,
    [passed.position] AS evidence,
    passed.happened,
    passed.place,
    passed.dossier AS consignment
FROM events AS passed
WHERE passed.kind = 'consignment_passed'
    AND passed.dossier IN (SELECT dossier FROM stops)
    AND NOT EXISTS (SELECT 1 FROM stops WHERE stops.dossier = passed.dossier AND stops.place = passed.place)
