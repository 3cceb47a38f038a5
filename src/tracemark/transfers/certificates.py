from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracemark.kernel import Plain
from tracemark.recordkeeping import EventKind, Sealed, own_events
from tracemark.transfers.applications import GoodsLine
from tracemark.transfers.licences import DossierStep, step_of

VERSION = 1
ELEMENTS = (
    "goods",
    "contract",
    "destination",
    "end_use",
    "exporter",
    "end_user",
    "parties",
    "office",
    "issued_on",
    "undertakings",
)
"""The ten elements of an end-user certificate. Their list is from memory of the reporting form. Source: PoA II.12."""

_TEXTS = ("number", "issuer", "contract", "contract_on", "destination", "end_use", "exporter", "end_user", "office",
          "undertakings")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Certificate:
    """An end-user certificate's ten elements, with its number, the State that gives it and the days it is good for.

    `contract` is the contract's or order's number and `contract_on` its date; `parties` are others than exporter and
    end user. `office` is whose signature authenticates it, never a person's name, and from `office_from` to
    `office_until` that office may sign. With `no_retransfer` the end user passes the weapons on to nobody without the
    exporting State's consent; `undertakings` are what else is undertaken, such as confirming delivery.
    """

    number: str
    issuer: str
    goods: tuple[GoodsLine, ...]
    contract: str
    contract_on: str
    destination: str
    end_use: str
    exporter: str
    end_user: str
    parties: tuple[str, ...]
    office: str
    office_from: date
    office_until: date
    issued_on: date
    valid_until: date
    no_retransfer: bool
    undertakings: str = ""

    @property
    def quantity(self) -> int:
        """How many weapons it covers."""
        return sum(each.quantity for each in self.goods)

    def plain(self) -> dict[str, Plain]:
        """Return what is signed, as JSON."""
        days = ("office_from", "office_until", "issued_on", "valid_until")
        told: dict[str, Plain] = {name: getattr(self, name) for name in _TEXTS}
        told |= {name: getattr(self, name).isoformat() for name in days}
        goods: list[Plain] = [each.plain() for each in self.goods]
        return {
            "v": VERSION,
            **told,
            "goods": goods,
            "parties": list(self.parties),
            "no_retransfer": self.no_retransfer,
        }

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "Certificate":
        """Read it from JSON.

        Raises:
            ValueError: it is no certificate of a known version. KeyError and TypeError likewise.
        """
        given = dict(plain)
        if given.pop("v") != VERSION:
            raise ValueError("a certificate of another version")
        for name in ("office_from", "office_until", "issued_on", "valid_until"):
            given[name] = date.fromisoformat(given[name])
        goods = tuple(map(GoodsLine.of_plain, given.pop("goods")))
        found = cls(goods=goods, parties=tuple(map(str, given.pop("parties"))), **given)
        if found.plain() != plain or not _well_typed(found):
            raise ValueError("not as it would be written")
        return found


def _well_typed(found: Certificate) -> bool:
    texts = [getattr(found, name) for name in _TEXTS]
    texts += [text for each in found.goods for text in (each.kind, each.model, each.calibre, each.value, each.heading)]
    counted = all(type(each.quantity) is int and each.quantity > 0 for each in found.goods)
    return counted and all(type(each) is str for each in texts) and type(found.no_retransfer) is bool


@dataclass(frozen=True, slots=True)
class CertificateFile:
    """What the record says of one certificate, our own or one that another State gave.

    `earlier` are the texts that a revision replaced, the oldest first. `token` is what was signed, "" before.
    `used_for` names what it was used for first, and `used_on` when.
    """

    name: str
    authority: str
    standing: str
    certificate: Certificate
    drafted_by: str
    own: bool
    token: str = ""
    used_for: str = ""
    used_on: str = ""
    revoked_because: str = ""
    steps: tuple[DossierStep, ...] = ()
    earlier: tuple[Certificate, ...] = ()
    revised_by: tuple[str, ...] = ()


def fold_certificate(name: str, events: Sequence[Sealed], standing: str) -> CertificateFile:
    """Fold the events of a certificate into what is true of it.

    Raises:
        ValueError: none of them drafted or presented it.
    """
    own = own_events(name, events)
    first = own[0].event if own else None
    if first is None or first.kind not in (EventKind.CERTIFICATE_DRAFTED, EventKind.CERTIFICATE_PRESENTED):
        raise ValueError(f"no event brought {name}")
    details: Mapping[str, Any] = first.details
    given = first.kind is EventKind.CERTIFICATE_DRAFTED
    folded = CertificateFile(
        name, first.authority, standing, Certificate.of_plain(details["contents"]), first.by, given
    )
    for each in own:
        folded = _after(folded, each)
    return replace(folded, steps=tuple(map(step_of, own)))


def _after(known: CertificateFile, sealed: Sealed) -> CertificateFile:
    event = sealed.event
    details: Mapping[str, Any] = event.details
    match event.kind:
        case EventKind.CERTIFICATE_REVISED:
            earlier = (*known.earlier, known.certificate)
            contents = Certificate.of_plain(details["contents"])
            return replace(known, certificate=contents, earlier=earlier, revised_by=(*known.revised_by, event.by))
        case EventKind.CERTIFICATE_ISSUED:
            return replace(known, token=details["token"], certificate=Certificate.of_plain(details["contents"]))
        case EventKind.CERTIFICATE_PRESENTED:
            return replace(known, token=details["token"], used_for=details["licence"], used_on=str(event.happened))
        case EventKind.CERTIFICATE_USED:
            return replace(known, used_for=details["number"], used_on=str(event.happened))
        case EventKind.CERTIFICATE_REVOKED:
            return replace(known, revoked_because=details["reason"])
    return known
