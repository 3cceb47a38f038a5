-- id: certificates.issued
-- question: How many end-user certificates were issued?
-- unit: certificates
-- paragraph: PoA II.12
-- by: year, authority
-- views: described, happenings
-- recorded: certificate_drafted
SELECT
    dossier AS counted,
    happened_first,
    year,
    authority
FROM happenings
WHERE kind = 'certificate_issued'
