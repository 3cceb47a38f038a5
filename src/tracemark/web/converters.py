from tracemark.weapons import WeaponId, parse_weapon, weapon_text


class WeaponConverter:
    """A weapon in an address: `W-123`, and nothing else."""

    regex = "W-[1-9][0-9]{0,14}"

    def to_python(self, value: str) -> WeaponId:
        return parse_weapon(value)

    def to_url(self, value: WeaponId) -> str:
        return weapon_text(value)
