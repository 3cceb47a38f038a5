-- id: recoveries.identified
-- question: How many recovered weapons were found to be a weapon of the register?
-- unit: weapons
-- paragraph: ITI 14
-- by: year, weapon_kind, authority
-- views: described, happenings
-- recorded: seized, found, surrendered
SELECT
    weapon AS counted,
    happened_first,
    year,
    weapon_kind,
    authority
FROM happenings
WHERE kind = 'identified'
QUALIFY ROW_NUMBER() OVER (PARTITION BY weapon ORDER BY happened_first, position) = 1
