-- id: destructions.recovered
-- question: How many recovered weapons were destroyed?
-- unit: weapons
-- paragraph: PoA II.16
-- within: destructions.weapons
-- by: year, weapon_kind, authority, method
-- views: described, happenings
-- recorded: destroyed
SELECT
    h.weapon AS counted,
    h.happened_first,
    h.year,
    h.weapon_kind,
    h.authority,
    h.method
FROM happenings AS h
WHERE h.kind = 'destroyed' AND h.ever_recovered
QUALIFY ROW_NUMBER() OVER (PARTITION BY h.weapon, h.year ORDER BY h.happened_first, h.position) = 1
