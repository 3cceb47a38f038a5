-- id: licences.weapons
-- question: How many weapons do the licences issued cover?
-- unit: weapons
-- paragraph: PoA II.11
-- by: year, authorises, to_state, from_state, weapon_kind
-- views: described, happenings
-- recorded: licence_drafted
SELECT
    h.dossier AS counted,
    g.quantity AS amount,
    h.happened_first,
    h.year,
    COALESCE(l.authorises, '') AS authorises,
    COALESCE(l.to_state, '') AS to_state,
    COALESCE(l.from_state, '') AS from_state,
    COALESCE(g.weapon_kind, '') AS weapon_kind
FROM happenings AS h
JOIN events AS l ON l.dossier = h.dossier AND l.kind = 'licence_drafted'
JOIN goods AS g ON g.position = l.position
WHERE h.kind = 'licence_issued'
