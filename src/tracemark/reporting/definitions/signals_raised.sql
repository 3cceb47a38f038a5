-- id: signals.raised
-- question: How many signals of diversion were raised?
-- unit: signals
-- paragraph: BMS7 DIV.1
-- by: year, rule, stage, strength
-- over: apart
-- views: described, happenings
-- recorded: signal_raised
SELECT
    h.dossier AS counted,
    h.happened_first,
    h.year,
    COALESCE(e.details ->> '$.rule', '') AS rule,
    COALESCE(e.details ->> '$.stage', '') AS stage,
    COALESCE(e.details ->> '$.strength', '') AS strength
FROM happenings AS h
JOIN events AS e ON e.position = h.position
WHERE h.kind = 'signal_raised' AND e.kind = 'signal_raised'
