-- Every report that a weapon is lost or stolen: few of all events, and looked into by many rules.
SELECT
    position, weapon, kind, happened, happened_first, happened_last, authority, holder, place, reported_on
FROM events
WHERE kind IN ('lost', 'stolen')
