from functools import cache

from tracemark.authorities import Agency, AgencyKind

STATE = "XT"
"""A code that ISO 3166-1 leaves to its users: no State bears it."""

EMBARGOED = "XE"
"""A State that there is not either: the fictional State lets no arms go there."""

TOWNS = (
    "Amberly", "Brackwater", "Cindermoor", "Dunholm", "Eastfold", "Fernhaven", "Greystone", "Hartmere", "Ironbridge",
    "Juniper Hill", "Kestrel Bay", "Lowmarsh", "Mistral", "Northgate", "Oakhurst", "Pinecrest", "Quarryton", "Redcliff",
    "Saltreach", "Thornbury", "Underwood", "Valewick", "Westhaven", "Yarrow",
)  # fmt: skip

BORDER_POSTS = ("Brackwater ferry", "Ironbridge crossing", "Kestrel Bay port", "Redcliff pass", "Saltreach harbour")

PARTNERS = (
    ("AT", 5), ("BE", 4), ("BG", 3), ("BR", 6), ("CN", 8), ("CZ", 6), ("DE", 9), ("ES", 3), ("FI", 2), ("FR", 4),
    ("GB", 3), ("IL", 3), ("IT", 9), ("KR", 1), ("PK", 2), ("PL", 2), ("RO", 3), ("RS", 5), ("RU", 8), ("TR", 7),
    ("US", 12), ("XU", 4), ("XV", 3), ("XW", 2),
)  # fmt: skip
"""Where imports come from, with weights: real States that make weapons, and three fictional neighbours."""


@cache
def agencies() -> tuple[Agency, ...]:
    """The agencies and dealers of the fictional State, in a fixed order: 60 of them."""
    return (
        _agency("XT-REG", "National Firearms Registry", AgencyKind.REGISTRY, competent=True, contact_point=True),
        _agency("XT-ARMY", "Army of Taravia", AgencyKind.ARMED_FORCES),
        *(_agency(f"XT-ARMY-{n}", f"Army depot {town}", AgencyKind.ARMED_FORCES, "XT-ARMY")
          for n, town in _numbered(8)),
        _agency("XT-NAVY", "Coast guard", AgencyKind.ARMED_FORCES),
        _agency("XT-POL", "National Police", AgencyKind.POLICE, competent=True),
        *(_agency(f"XT-POL-{n}", f"Police district {town}", AgencyKind.POLICE, "XT-POL") for n, town in _numbered(14)),
        _agency("XT-CUS", "Customs Service", AgencyKind.CUSTOMS),
        *(_agency(f"XT-CUS-{n}", f"Customs post {post}", AgencyKind.CUSTOMS, "XT-CUS")
          for n, post in enumerate(BORDER_POSTS, 1)),
        _agency("XT-PRIS", "Prison Service", AgencyKind.PRISON),
        _agency("XT-WILD", "Wildlife Rangers", AgencyKind.WILDLIFE),
        _agency("XT-MARK", "National Marking Office", AgencyKind.MARKING_OFFICE, "XT-REG"),
        _agency("XT-WORKS", "State Arms Works", AgencyKind.MAKER),
        _agency("XT-COURT", "High Court evidence room", AgencyKind.COURT),
        *(_agency(f"XT-D{n:02d}", f"{town} Sporting Arms", AgencyKind.DEALER) for n, town in _numbered(23)),
    )  # fmt: skip


@cache
def codes(kind: AgencyKind) -> tuple[str, ...]:
    """The codes of the agencies of one kind that hold weapons themselves."""
    return tuple(each.code for each in agencies() if each.kind is kind)


def _numbered(count: int) -> list[tuple[int, str]]:
    return list(enumerate(TOWNS[:count], 1))


def _agency(
    code: str, name: str, kind: AgencyKind, parent: str = "", *, competent: bool = False, contact_point: bool = False
) -> Agency:
    return Agency(code, name, kind, STATE, parent, competent=competent, contact_point=contact_point)
