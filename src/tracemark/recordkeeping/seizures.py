from enum import StrEnum


class Breach(StrEnum):
    """For what kind of breach of the law a weapon was seized; only a suspected crime counts. Source: SDG 16.4.2."""

    CRIMINAL = "criminal"
    ADMINISTRATIVE = "administrative"


class TakenFrom(StrEnum):
    """Out of whose hands a weapon came: from its lawful holder, nothing was diverted. Source: SDG 16.4.2."""

    LAWFUL_HOLDER = "lawful_holder"
    OTHER = "other"
