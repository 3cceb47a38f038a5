-- Every recovery of a weapon, once: one that was found to be another weapon of the register is that weapon's recovery.
SELECT position, weapon, kind, happened, happened_first, happened_last, authority, place
FROM events
WHERE kind IN ('seized', 'found', 'surrendered')
    AND weapon NOT IN (SELECT weapon FROM events WHERE kind = 'identified')
