from enum import StrEnum

from stdnum.iso7064 import mod_11_2, mod_11_10, mod_37_36, mod_97_10


class CheckSystem(StrEnum):
    """A check-character system of ISO 7064, or none.

    MOD 37-2 is left out: its check character may be `*`, which in a reading stands for unknown characters.
    """

    NONE = "none"
    MOD_11_2 = "mod_11_2"
    MOD_11_10 = "mod_11_10"
    MOD_37_36 = "mod_37_36"
    MOD_97_10 = "mod_97_10"


_COMPUTE = {
    CheckSystem.MOD_11_2: mod_11_2.calc_check_digit,
    CheckSystem.MOD_11_10: mod_11_10.calc_check_digit,
    CheckSystem.MOD_37_36: mod_37_36.calc_check_digit,
    CheckSystem.MOD_97_10: mod_97_10.calc_check_digits,
}
_DIGITS_ONLY = frozenset({CheckSystem.MOD_11_2, CheckSystem.MOD_11_10})
_CAPITALS = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def check_characters(check: CheckSystem, text: str) -> str:
    """Return the characters to put after `text`, which holds no separators; "" where there is no check.

    Raises:
        ValueError: the system does not cover some character of the text.
    """
    if check is CheckSystem.NONE:
        return ""
    covered = _CAPITALS - set("ABCDEFGHIJKLMNOPQRSTUVWXYZ") if check in _DIGITS_ONLY else _CAPITALS
    if strange := sorted(set(text) - covered):
        raise ValueError(
            f"{check.value} does not cover {''.join(strange)!r} in {text!r}: use capital letters A-Z and digits"
            + (" with mod_37_36 or mod_97_10" if check in _DIGITS_ONLY else "")
        )
    return _COMPUTE[check](text)
