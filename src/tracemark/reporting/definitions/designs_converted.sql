-- id: designs.converted
-- question: How many weapons on record were converted to fire?
-- unit: weapons
-- paragraph: BMS7 SUM.N2
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
WHERE d.design = 'converted'
