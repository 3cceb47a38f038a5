import re

from tracemark.weapons import WeaponId, parse_weapon, weapon_text


class WeaponConverter:
    """A weapon in an address: `W-123`, and nothing else."""

    regex = "W-[1-9][0-9]{0,14}"

    def to_python(self, value: str) -> WeaponId:
        return parse_weapon(value)

    def to_url(self, value: WeaponId) -> str:
        return weapon_text(value)


class DossierConverter:
    """The name of a licence, a certificate, a consignment, … in an address: `EL-2026-000017`."""

    regex = "[A-Z]{2}-[0-9]{4}-[0-9]{6}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class NumberConverter:
    """A whole number in an address, of at most fifteen digits: any database holds it, and so does JSON."""

    regex = "[0-9]{1,15}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


def number_of(text: str) -> int:
    """Read a number from a query string as an address would; 0 for anything else."""
    return int(text) if re.fullmatch(NumberConverter.regex, text) else 0
