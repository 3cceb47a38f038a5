-- about: What the record says of a weapon's design: of polymer, modular, printed or converted. Polymer or modular is what an event says
--  of its frame or receiver, or the catalogue of its model; printed or converted what was said last of how it was made, or that it
--  was converted since. A weapon can be several.
-- uses: models
-- laid: kept
WITH told AS (
    SELECT
        weapon,
        ARG_MAX(model, position) AS model,
        ARG_MAX(origin, position) AS origin
    FROM descriptions
    GROUP BY weapon
),
seen AS (
    SELECT
        weapon,
        UNNEST(CAST(details -> '$.components' AS JSON[])) AS part
    FROM events
    WHERE CONTAINS(details, '"polymer"')
)
SELECT DISTINCT weapon, 'polymer' AS design
FROM seen
WHERE
    part ->> '$.material' = 'polymer'
    AND (
        part ->> '$.control' = 'true'
        OR part ->> '$.part' IN ('frame', 'receiver', 'upper_receiver', 'lower_receiver', 'launch_tube')
    )
UNION
SELECT t.weapon, 'polymer' AS design FROM told AS t JOIN models AS m ON m.model = t.model WHERE m.polymer
UNION
SELECT t.weapon, 'modular' AS design FROM told AS t JOIN models AS m ON m.model = t.model WHERE m.modular
UNION
SELECT weapon, 'printed' AS design FROM told WHERE origin = 'printed'
UNION
SELECT weapon, 'converted' AS design FROM told WHERE origin = 'converted'
UNION
SELECT weapon, 'converted' AS design FROM events WHERE kind = 'converted'
