-- id: licences.applied
-- question: How many applications for a licence were received?
-- unit: licences
-- paragraph: PoA II.11
-- by: year, authority, authorises, to_state, from_state
-- views: described, happenings
-- recorded: licence_drafted
SELECT
    h.dossier AS counted,
    h.happened_first,
    h.year,
    h.authority,
    COALESCE(l.authorises, '') AS authorises,
    COALESCE(l.to_state, '') AS to_state,
    COALESCE(l.from_state, '') AS from_state
FROM happenings AS h
JOIN events AS l ON l.dossier = h.dossier AND l.kind = 'licence_drafted'
WHERE h.kind = 'licence_drafted'
