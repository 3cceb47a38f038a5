-- id: licences.weapons
-- question: How many weapons do the licences issued cover?
-- unit: weapons
-- paragraph: PoA II.11
-- by: year, authorises, to_state, from_state, weapon_kind
-- views: licences
-- recorded: licence_drafted
SELECT
    l.dossier AS counted,
    g.quantity AS amount,
    l.happened_first,
    l.year,
    l.authorises,
    l.to_state,
    l.from_state,
    COALESCE(g.weapon_kind, '') AS weapon_kind
FROM licences AS l
JOIN goods AS g ON g.position = l.applied_at
WHERE l.kind = 'licence_issued'
