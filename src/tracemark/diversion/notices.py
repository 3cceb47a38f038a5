from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracemark.diversion.triage import RaisedSignal
from tracemark.kernel import Finding, Plain, Refused, Signer, cite
from tracemark.marking import MarkKind
from tracemark.recordkeeping import (
    NotACheckpoint,
    SignedFile,
    VerifierKey,
    VerifySignature,
    WeaponState,
    read_file,
    sign_file,
)
from tracemark.weapons import WeaponId

TYPE = "tracemark.diversion-notice/1"
"""What a notice says that it is; its signature stands for these words and the notice, so for nothing else."""

_ALERT = cite("ATT 11(4)")


class NoticeRefused(Refused):
    """A text is no notice, or not what this key signed."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What one State tells another of a signal: what, when, where, and the marks. Nothing of persons or holders.

    `weapons` are told by catalogue codes and marks: `{"kind", "maker", "model", "calibre", "country", "marks"}`.
    """

    reference: str
    from_state: str
    to_state: str
    issued_on: str
    rule: str
    stage: str
    strength: str
    standing: str
    weapons: Sequence[Mapping[str, Plain]]
    when: str = ""
    place: str = ""

    def plain(self) -> dict[str, Plain]:
        """Return it as JSON-ready values."""
        told: dict[str, Plain] = {name: getattr(self, name) for name in self.__slots__}
        return {**told, "weapons": list(self.weapons)}


def notice_of(
    raised: RaisedSignal, bearers: Mapping[WeaponId, WeaponState], *, state: str, to_state: str, on: str
) -> Notice:
    """Return what another State is told of a signal: its weapons by their marks, and no holder, account or note."""
    found = raised.signal
    return Notice(
        reference=raised.name,
        from_state=state,
        to_state=to_state,
        issued_on=on,
        rule=found.rule,
        stage=found.stage.value,
        strength=found.strength.value,
        standing=raised.standing.value,
        weapons=[_weapon(bearers[each]) for each in found.weapons if each in bearers],
        when=found.when,
        place=found.place,
    )


def _weapon(state: WeaponState) -> dict[str, Plain]:
    known = state.description
    named = {"kind": known.kind, "maker": known.maker, "model": known.model, "calibre": known.calibre}
    marks: list[Plain] = [
        {"kind": each.kind.value, "text": each.text, "serial": each.serial, "state": each.state}
        for each in state.marks
        if each.kind is not MarkKind.OTHER
    ]
    return {**named, "country": known.country, "marks": marks}


def sign_notice(notice: Notice, signer: Signer) -> str:
    """Return a notice as JSON, signed: `{"type", "notice", "key", "signature"}`, the signature in base64.

    Source: ATT 11(4), RFC 8785, RFC 8032.
    """
    return sign_file(TYPE, notice.plain(), signer)


def verify_notice(text: str, key: str, verify: VerifySignature) -> Notice:
    """Return the notice that this key (`name+hexid+base64`) signed. The key that stands in the file proves nothing.

    Raises:
        NoticeRefused: the key is none, the text is no notice, or another key signed it or it was changed since.

    Source: ATT 11(4).
    """
    trusted = _key(key)
    try:
        file = _read(text)
        notice = Notice(**file.notice)
    except (ValueError, TypeError):
        raise NoticeRefused([Finding("diversion.notice_unreadable", _ALERT)]) from None
    if not file.signed_by(trusted, verify):
        facts: dict[str, Plain] = {"reference": str(notice.reference), "key": trusted.name, "signer": file.signer}
        raise NoticeRefused([Finding("diversion.notice_forged", _ALERT, facts)])
    return notice


def _read(text: str) -> SignedFile:
    file = read_file(text)
    if file.type != TYPE:
        raise ValueError(file.type)
    return file


def _key(text: str) -> VerifierKey:
    try:
        return VerifierKey.parse(text.strip())
    except NotACheckpoint:
        raise NoticeRefused([Finding("diversion.key_unreadable", _ALERT, {"key": text[:80]})]) from None
