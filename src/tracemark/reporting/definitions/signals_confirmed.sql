-- id: signals.confirmed
-- question: How many signals of diversion were confirmed?
-- unit: signals
-- paragraph: BMS7 DIV.1
-- by: year, authority
-- views: described, happenings
-- recorded: signal_raised
SELECT
    dossier AS counted,
    happened_first,
    year,
    authority
FROM happenings
WHERE kind = 'signal_confirmed'
