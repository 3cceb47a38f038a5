-- about: What happened to licences in the period, with what each was applied for.
-- views: entries, happenings
-- laid: shown
SELECT
    h.dossier,
    h.kind,
    h.happened_first,
    h.year,
    h.authority,
    l.authorises,
    l.to_state,
    l.from_state,
    l.position AS applied_at
FROM happenings AS h
JOIN entries AS l ON l.dossier = h.dossier AND l.kind = 'licence_drafted'
WHERE h.kind IN ('licence_drafted', 'licence_issued', 'licence_refused', 'licence_revoked')
