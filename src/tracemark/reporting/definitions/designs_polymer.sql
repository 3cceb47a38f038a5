-- id: designs.polymer
-- question: How many weapons on record have a frame or receiver of polymer?
-- unit: weapons
-- paragraph: BMS7 ITI.1
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
WHERE d.design = 'polymer'
