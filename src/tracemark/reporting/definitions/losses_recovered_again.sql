-- id: losses.recovered_again
-- question: Of weapons lost or stolen in the period: how many were recovered since?
-- unit: weapons
-- paragraph: PoA II.17
-- by: year, weapon_kind, authority
-- views: described, happenings
-- recorded: lost, stolen
SELECT
    h.weapon AS counted,
    h.happened_first,
    h.year,
    h.weapon_kind,
    h.authority
FROM happenings AS h
WHERE h.kind IN ('lost', 'stolen') AND h.last_recovered >= h.happened_first
QUALIFY ROW_NUMBER() OVER (PARTITION BY h.weapon, h.year ORDER BY h.happened_first, h.position) = 1
