-- What each weapon is, as the last that was said of it has it.
SELECT
    weapon,
    COALESCE(ARG_MAX(weapon_kind, position), '') AS weapon_kind,
    COALESCE(ARG_MAX(maker, position), '') AS maker,
    COALESCE(ARG_MAX(calibre, position), '') AS calibre,
    COALESCE(ARG_MAX(country, position), '') AS country
FROM descriptions
GROUP BY weapon
