from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracemark.kernel import Finding, Plain, Refused, Signer, cite
from tracemark.recordkeeping import NotACheckpoint, VerifierKey, VerifySignature, read_file, sign_file
from tracemark.transfers.licences import Licence
from tracemark.transfers.screening import Denied

TYPE = "tracemark.denial-notice/1"
"""What a notice of a refusal says that it is; its signature stands for these words and the notice."""

_SHARED = cite("ATT 11(5)")


class DenialRefused(Refused):
    """A text is no notice of a refusal, or not what this key signed."""


@dataclass(frozen=True, slots=True)
class Denial:
    """What one State tells another of a licence that it refused: the goods, the parties, the way, and which bars.

    `goods` and `parties` are those of the application, `risk` and `bars` what the assessment found, by their codes.
    Nothing of accounts, and none of the words in which it was reasoned.
    """

    reference: str
    by_state: str
    for_state: str
    issued_on: str
    refused_on: str
    authorises: str
    from_state: str
    to_state: str
    goods: Sequence[Mapping[str, Plain]]
    parties: Sequence[Mapping[str, Plain]]
    risk: str = ""
    bars: Sequence[str] = ()

    def plain(self) -> dict[str, Plain]:
        """Return it as JSON-ready values."""
        told: dict[str, Plain] = {name: getattr(self, name) for name in self.__slots__}
        return {**told, "goods": list(self.goods), "parties": list(self.parties), "bars": list(self.bars)}


def denial_of(licence: Licence, *, state: str, for_state: str, on: str) -> Denial:
    """Return what another State is told of a licence that was refused."""
    asked, found, decision = licence.application, licence.assessment, licence.decision
    return Denial(
        reference=licence.name,
        by_state=state,
        for_state=for_state,
        issued_on=on,
        refused_on=decision.on if decision else "",
        authorises=asked.authorises.value,
        from_state=asked.from_state,
        to_state=asked.to_state,
        goods=[each.plain() for each in asked.goods],
        parties=[each.plain() for each in asked.parties],
        risk=found.risk.value if found else "",
        bars=found.bars if found else (),
    )


def sign_denial(denial: Denial, signer: Signer) -> str:
    """Return a notice of a refusal as JSON, signed. Source: ATT 11(5), RFC 8785, RFC 8032."""
    return sign_file(TYPE, denial.plain(), signer)


def verify_denial(text: str, key: str, verify: VerifySignature) -> Denial:
    """Return the notice of a refusal that this key (`name+hexid+base64`) signed.

    Raises:
        DenialRefused: the key is none, the text is no such notice, or another key signed it or it was changed since.

    Source: ATT 11(5).
    """
    try:
        trusted = VerifierKey.parse(key.strip())
    except NotACheckpoint:
        raise DenialRefused([Finding("transfers.key_unreadable", _SHARED, {"key": key[:80]})]) from None
    try:
        file = read_file(text)
        denial = Denial(**file.notice)
    except (ValueError, TypeError):
        raise DenialRefused([Finding("transfers.denial_unreadable", _SHARED)]) from None
    if file.type != TYPE or not file.signed_by(trusted, verify):
        facts: dict[str, Plain] = {"reference": str(denial.reference), "key": trusted.name}
        raise DenialRefused([Finding("transfers.denial_forged", _SHARED, facts)])
    return denial


def denied_in(denial: Denial) -> list[Denied]:
    """Return the parties of another State's refusal as names to hold others against; each says whose refusal it is."""
    dossier, reason = f"{denial.by_state} {denial.reference}", " ".join(denial.bars)
    return [
        Denied(dossier, str(each["name"]), state=str(each.get("state", "")), reason=reason)
        for each in denial.parties
        if each.get("name")
    ]
