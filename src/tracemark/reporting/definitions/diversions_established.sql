-- id: diversions.established
-- question: How many weapons had their point of diversion established?
-- unit: weapons
-- paragraph: BMS7 DIV.1
-- by: year, weapon_kind, diverted_at, diverted_how
-- over: apart
-- views: described, happenings
-- recorded: diversion_established, seized, found, surrendered
SELECT
    h.weapon AS counted,
    h.happened_first,
    h.year,
    h.weapon_kind,
    COALESCE(e.details ->> '$.diverted_at', '') AS diverted_at,
    COALESCE(e.details ->> '$.diverted_how', '') AS diverted_how
FROM happenings AS h
JOIN events AS e ON e.position = h.position
WHERE h.kind = 'diversion_established' AND e.kind = 'diversion_established'
QUALIFY ROW_NUMBER() OVER (PARTITION BY h.weapon, h.year ORDER BY h.position DESC) = 1
