-- id: licences.revoked
-- question: How many licences were revoked?
-- unit: licences
-- paragraph: PoA II.11
-- by: year, authority, authorises, to_state, from_state
-- views: licences
-- recorded: licence_drafted
SELECT
    dossier AS counted,
    happened_first,
    year,
    authority,
    authorises,
    to_state,
    from_state
FROM licences
WHERE kind = 'licence_revoked'
