-- id: production.marked
-- question: How many manufactured weapons were recorded with a mark of manufacture?
-- unit: weapons
-- paragraph: ITI 8(a)
-- by: year, weapon_kind, authority
-- views: described, happenings
-- recorded: manufactured
SELECT
    h.weapon AS counted,
    h.happened_first,
    h.year,
    h.weapon_kind,
    h.authority
FROM happenings AS h
WHERE h.kind = 'manufactured'
    AND h.position IN (
        SELECT m.position FROM marks AS m WHERE m.event_kind = 'manufactured' AND m.mark_kind = 'manufacture'
    )
QUALIFY ROW_NUMBER() OVER (PARTITION BY h.weapon, h.year ORDER BY h.happened_first, h.position) = 1
