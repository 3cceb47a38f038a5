from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, Field

from tracemark.api.schemas.fields import Coming, Flag, Said, Text, WholeDay, Word
from tracemark.api.schemas.transfers import DossierStepOut, GoodsIn, Key, StateCode, Token
from tracemark.transfers import Certificate, CertificateFile


class CertificateIn(Coming):
    """The ten elements of an end-user certificate of this State."""

    goods: Annotated[list[GoodsIn], Field(min_length=1, max_length=40)]
    contract: Word
    contract_on: WholeDay | None = None
    destination: StateCode
    end_use: Said
    exporter: Word
    end_user: Word
    parties: Annotated[list[Word], Field(max_length=20)] = Field(default_factory=list)
    office: Word
    office_from: WholeDay
    office_until: WholeDay
    valid_until: WholeDay
    no_retransfer: Flag = True
    undertakings: Text = ""

    def noun(self, issuer: str, on: date) -> Certificate:
        """Return it as the rooms know it."""
        given = {name: getattr(self, name) for name in type(self).model_fields}
        given |= {
            "goods": tuple(each.noun() for each in self.goods),
            "parties": tuple(self.parties),
            "contract_on": self.contract_on.isoformat() if self.contract_on else "",
        }
        return Certificate(number="", issuer=issuer, issued_on=on, **given)


class CertificateOut(BaseModel):
    """A certificate as it stands. `own`: this State gave it. `token` is what its QR code holds."""

    name: str
    standing: str
    own: bool
    certificate: dict[str, Any]
    token: str
    used_for: str
    used_on: str
    revoked_because: str
    steps: list[DossierStepOut]

    @classmethod
    def of(cls, known: CertificateFile) -> "CertificateOut":
        """Return a certificate as it goes out."""
        names = ("name", "standing", "own", "token", "used_for", "used_on", "revoked_because")
        told = {name: getattr(known, name) for name in names}
        steps = [DossierStepOut.of(each) for each in known.steps]
        return cls(certificate=dict(known.certificate.plain()), steps=steps, **told)


class UseIn(Coming):
    """Which licence of which State uses a certificate of ours."""

    by_state: StateCode
    used_for: Word


class CheckCertificateIn(Coming):
    """Another State's certificate, its key, and the day on which it ought to be good."""

    token: Token
    key: Key
    on: WholeDay


class CheckedOut(BaseModel):
    """What the certificate says; that key signed it, and it is good on that day."""

    certificate: dict[str, Any]
