from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from tracemark.kernel import Plain
from tracemark.recordkeeping import RecordkeepingStores
from tracemark.weapons import NO_WEAPON, WeaponId


class HeldState(StrEnum):
    """What became of a row that was not imported outright."""

    HELD = "held"
    REFUSED = "refused"
    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A row set aside: held for judgement against weapons it may be, or refused for its errors. Nothing of it is lost.

    `draft` is the plain form of the Draft; persons it names lie beside it, those of a refused row nowhere.
    `findings` are plain too: `code` and facts. `weapon` is the one an officer's judgement settled on; 0 until then.
    `judged_at` is an instant in UTC, "" before.
    """

    id: int
    run: int
    row: int
    state: HeldState
    draft: Mapping[str, Plain]
    findings: tuple[Mapping[str, Plain], ...]
    against: tuple[int, ...] = ()
    weapon: int = 0
    judged_by: str = ""
    judged_at: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One import of one file with one profile, as far as it has come.

    `rows` is how many of the file's rows are done, in the order of the file. `counts` are plain: `imported`, `held`,
    `refused`, `unchanged`, `grades` and `findings` by code. `finished_at` is "" while rows remain; instants are
    RFC 3339, UTC.
    """

    id: int
    file: str
    table: str
    profile: str
    profile_fingerprint: str
    actor: str
    started_at: str
    rows: int = 0
    finished_at: str = ""
    counts: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KnownRow:
    """What a row of a file said last, known by its key: `identity` is the SHA-256 of that, in hexadecimal.

    `cells` hold a person's commitment in the place of personal data. `weapon` is what the row became; 0 while that is
    not judged. `id` is 0 for a row that is not kept yet.
    """

    id: int
    identity: str
    run: int
    row: int
    cells: Mapping[str, str]
    weapon: WeaponId = NO_WEAPON


class IntakeStore(Protocol):
    """Runs of imports, rows set aside, and rows to be known again."""

    def find_run(self, file: str, profile: str) -> Run | None:
        """Return the run of the file and the profile with these fingerprints."""
        ...

    def run(self, run: int) -> Run:
        """Raise KeyError where there is none."""
        ...

    def runs(self, limit: int = 50) -> list[Run]:
        """The newest first."""
        ...

    def start(self, run: Run) -> Run:
        """Keep a run that begins and return it with its id."""
        ...

    def advance(self, run: Run, rows_before: int) -> bool:
        """Keep how far a run has come, if it still stands at `rows_before`; say whether it did."""
        ...

    def hold(self, rows: Sequence[HeldRow]) -> None:
        """Keep rows set aside, each under a new id."""
        ...

    def held(self, row: int) -> HeldRow:
        """Raise KeyError where there is no row of that id."""
        ...

    def page(self, *, state: HeldState | None = None, run: int = 0, after: int = 0, limit: int = 50) -> list[HeldRow]:
        """In the order of ids, those above `after`; of one run where `run` is not 0."""
        ...

    def of_weapon(self, weapon: WeaponId) -> list[HeldRow]:
        """The rows that an officer judged to be this weapon, or that entered as it, in the order of ids."""
        ...

    def settle(self, row: HeldRow) -> None:
        """Keep an officer's judgement of a row that was held."""
        ...

    def known_rows(self, identities: Iterable[str]) -> Mapping[str, list[KnownRow]]:
        """The rows known under these identities, oldest first; an identity without any is left out."""
        ...

    def know(self, rows: Sequence[KnownRow]) -> None:
        """Keep rows to be known again: a new one under a new id, else in the place of the row of that id."""
        ...


class IntakeStores(RecordkeepingStores, Protocol):
    """What intake needs from outside."""

    @property
    def intake(self) -> IntakeStore: ...


class Progress(Protocol):
    """Told after each batch how many rows are done, of how many; `total` is None where nobody counted."""

    def __call__(self, done: int, total: int | None) -> None: ...
