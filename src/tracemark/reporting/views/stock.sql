-- about: How each weapon stands on the last day of the period, and with whom; a natural person is a kind of holder, and no name.
-- views: standings
-- laid: shown
SELECT
    s.weapon,
    s.status,
    CASE WHEN s.holder = 'person:' THEN '' ELSE s.holder END AS holder,
    s.since AS happened_first,
    CASE WHEN s.holder = 'person:' THEN 'person' ELSE COALESCE(a.kind, '') END AS holder_kind,
    s.weapon_kind,
    s.country,
    COALESCE(s.numbered_since <= DATE '$last', FALSE) AS numbered
FROM standings AS s
LEFT JOIN agencies AS a ON a.code = s.holder
WHERE s.since <= DATE '$last' AND s.until > DATE '$last'
