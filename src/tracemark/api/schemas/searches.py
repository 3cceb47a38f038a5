from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BaseModel, Field

from tracemark.api.schemas.fields import CaseId, Coming, Line, State, Year, plain_of
from tracemark.tracing import (
    ComponentReading,
    Examined,
    Query,
    Ranking,
    Reason,
    read_mark_text,
)
from tracemark.weapons import Part, WeaponId, weapon_text
from tracemark.wording import note_texts, reason_text

MarkText = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\x00]*$")]


class ReadingIn(Coming):
    """What was read on one part: `?` one unreadable character, `*` an unknown number of them, `[0O]` one of these.

    Words beside the number, in seven languages, are understood; what is not understood is refused with a question.
    """

    text: MarkText
    part: Part | None = None
    method: Line = ""

    def noun(self) -> ComponentReading:
        """Return it as the rooms know it."""
        return ComponentReading(self.text, self.part.value if self.part else "", self.method)

    def examined(self) -> Examined:
        """Return what the text says; what it does not say of the part, the field does.

        Raises:
            UnreadableReading: it leaves a question open.
        """
        examined = read_mark_text(self.text).settled()
        part = self.part.value if self.part else ""
        readings = tuple(replace(each, part=each.part or part) for each in examined.readings)
        return replace(examined, readings=readings)


Readings = Annotated[list[ReadingIn], Field(max_length=8)]


class SearchIn(Coming):
    """What is known of a recovered weapon: readings of its marks, and attributes in codes of the catalogue.

    `country` is the State of manufacture, `import_country` the one that the import mark names. `case` is the trace it
    is searched for: another State is asked only once our own register was.
    """

    readings: Readings = Field(default_factory=list)
    kind: Line = ""
    maker: Line = ""
    model: Line = ""
    calibre: Line = ""
    country: State = ""
    year: Year | None = None
    import_country: State = ""
    limit: Annotated[int, Field(strict=True, ge=1, le=100)] = 10
    case: CaseId | None = None

    def noun(self) -> Query:
        """Return it as the rooms know it.

        Raises:
            UnreadableReading: a reading leaves a question open.
        """
        return Query(
            readings=tuple(reading for each in self.readings for reading in each.examined().readings),
            kind=self.kind or None,
            maker=self.maker or None,
            model=self.model or None,
            calibre=self.calibre or None,
            country=self.country or None,
            year=self.year,
            import_country=self.import_country or None,
        )


class ReasonOut(BaseModel):
    """Why a candidate stands where it stands. `bits` weighs the evidence for it against a weapon from outside."""

    code: str
    detail: str
    facts: dict[str, Any]
    bits: float

    @classmethod
    def of(cls, reason: Reason, to: str) -> "ReasonOut":
        """Put a reason into words."""
        detail = reason_text(reason.code, reason.facts, to=to)
        return cls(code=reason.code, detail=detail, facts=plain_of(reason.facts), bits=reason.bits)


class CandidateOut(BaseModel):
    """A weapon that may be the one recovered. A score never answers by itself: an officer judges."""

    weapon: str
    mark: int
    posterior: float
    reasons: list[ReasonOut]


class UnderstoodOut(BaseModel):
    """How one text was understood: its readings in the notation, and what was made of the words beside them."""

    text: str
    readings: str
    notes: list[str]

    @classmethod
    def of(cls, examined: Examined, to: str) -> "UnderstoodOut":
        """Return what was understood as it goes out."""
        return cls(text=examined.text, readings=examined.canonical, notes=note_texts(examined, to=to))


class RankingOut(BaseModel):
    """Candidates, best first; their posteriors, `not_here` and `elsewhere` sum to 1."""

    understood: list[UnderstoodOut]
    candidates: list[CandidateOut]
    not_here: float
    elsewhere: float
    weights: str
    searched: int
    fitting: int
    complete: bool

    @classmethod
    def of(cls, ranking: Ranking, examined: Sequence[Examined], to: str) -> "RankingOut":
        """Return a ranking as it goes out, with what was understood of the readings."""
        candidates = [
            CandidateOut(
                weapon=weapon_text(WeaponId(each.weapon)),
                mark=each.mark,
                posterior=each.posterior,
                reasons=[ReasonOut.of(reason, to) for reason in each.reasons],
            )
            for each in ranking.candidates
        ]
        return cls(
            understood=[UnderstoodOut.of(each, to) for each in examined],
            candidates=candidates,
            not_here=ranking.not_here,
            elsewhere=ranking.elsewhere,
            weights=ranking.weights_version,
            searched=ranking.searched,
            fitting=ranking.fitting,
            complete=ranking.complete,
        )
