"""What a State opens to everybody, as its environment says; without that, nothing."""

import os

_LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def is_public() -> bool:
    """Whether published reports and figures may be read without an account, by TRACEMARK_PUBLIC."""
    return os.environ.get("TRACEMARK_PUBLIC") == "1"


def takes_contributions() -> bool:
    """Whether comments and numbers of others are taken, by TRACEMARK_CONTRIBUTIONS."""
    return os.environ.get("TRACEMARK_CONTRIBUTIONS") == "1"


def takes_tips() -> bool:
    """Whether tips without a name are taken, by TRACEMARK_TIPS; without the desk's key none are."""
    return os.environ.get("TRACEMARK_TIPS") == "1"


def data_licence() -> str:
    """Return the address of the licence under which data are published, by TRACEMARK_DATA_LICENCE."""
    return os.environ.get("TRACEMARK_DATA_LICENCE") or _LICENCE
