-- id: certificates.presented
-- question: How many end-user certificates of other States were presented?
-- unit: certificates
-- paragraph: PoA II.12
-- by: year, authority, from_state
-- views: described, happenings
-- recorded: certificate_presented
SELECT
    dossier AS counted,
    happened_first,
    year,
    authority,
    from_state
FROM happenings
WHERE kind = 'certificate_presented'
