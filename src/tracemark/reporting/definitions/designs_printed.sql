-- id: designs.printed
-- question: How many weapons on record were made by 3D printing?
-- unit: weapons
-- paragraph: REVCON4 OETEG
-- by: status, weapon_kind, country
-- views: described, stock, designs
SELECT
    s.weapon AS counted,
    s.happened_first,
    s.status,
    s.weapon_kind,
    s.country
FROM stock AS s
JOIN designs AS d ON d.weapon = s.weapon
WHERE d.design = 'printed'
