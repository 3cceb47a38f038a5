"""What a node does: the rooms with their stores plugged in. The only module that knows both."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

from tracemark import correspondence, exchange, intake, recordkeeping, tracing
from tracemark.authorities import Level, Permission, may, require
from tracemark.intake import Intake
from tracemark.kernel import Actor, Clock
from tracemark.node.faults import beside_faults, decided_faults, drawn_faults, photo_faults
from tracemark.node.letterbox import Letterbox
from tracemark.node.outcomes import Proof, RecordDoubtful, Redrawn
from tracemark.node.papers import Papers
from tracemark.node.ports import Stores, SystemClock
from tracemark.node.questioning import Questioning
from tracemark.node.tipping import Tipping
from tracemark.node.verifying import verified
from tracemark.node.weights import OwnWeights
from tracemark.node.witnessing import Witnessing
from tracemark.recordkeeping import (
    CarriedProof,
    Checkpoint,
    Recorded,
    Verification,
    VerifierKey,
    columnar_version,
    consistency_proof,
    inclusion_proof,
)
from tracemark.reporting import attachments_of, public_report_named
from tracemark.storage import Files
from tracemark.tracing import Bureau, Deadlines, Query, Ranking, Weights
from tracemark.weapons import WeaponId, catalogue

_MOST_DIFFERING = 10_000
_OF_EACH_KIND = ("AB12345", "A?123?5", "*2345", "A[12]2345", "1?*5")
"""Readings for which the search goes each of its ways."""


@dataclass(frozen=True, slots=True)
class Node:
    """One State's (or region's, or secretariat's) node. `state` is its ISO 3166-1 alpha-2 code.

    `folder` is where files lie that belong beside the record: pictures, and what doors keep while work goes on. `terms`
    says how long the State's own law has records kept; `letterbox` how other nodes reach this one; `deadlines` by when
    States ought to act on requests.
    """

    state: str
    stores: Stores
    level: Level = Level.NATIONAL
    clock: Clock = field(default_factory=SystemClock)
    folder: Path = Path("var/files")
    terms: tuple[recordkeeping.Term, ...] = ()
    deadlines: Deadlines = field(default_factory=tracing.shipped_deadlines)
    letterbox: Letterbox = field(default_factory=Letterbox)
    directory: correspondence.Directory = field(init=False, repr=False, compare=False)
    own_weights: OwnWeights = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "directory", correspondence.Directory(self.stores))
        object.__setattr__(self, "own_weights", OwnWeights(self.stores, self.folder))

    @property
    def weights(self) -> Weights:
        """The weights of matching in use: those adopted last, as the record tells, else those of the software."""
        return self.own_weights.in_use()

    @property
    def key(self) -> VerifierKey:
        """The public key under which others verify this node's heads."""
        return VerifierKey(self.stores.signer.name, self.stores.signer.public_key)

    @property
    def agency_names(self) -> dict[str, str]:
        """The names of agencies and dealers by code; nobody's secret, unlike what they hold."""
        return {each.code: each.name for each in self.stores.agencies.all()}

    @property
    def bureau(self) -> Bureau:
        """For whom steps between States are taken, and with what."""
        return Bureau(self.state, self.stores, self.clock, self.deadlines)

    def trace(
        self, query: Query, actor: Actor, limit: int = 10, case: str = "", weights: Weights | None = None
    ) -> Ranking:
        """Rank the register's weapons against what was read of a recovered one, for a case or for none.

        `weights` are others than those in use, to draw a score of old again.
        """
        return tracing.search_marks(
            query=query,
            actor=actor,
            stores=self.stores,
            weights=weights or self.weights,
            clock=self.clock,
            limit=limit,
            case=case,
        )

    def warm(self) -> None:
        """Load what the first search of a process would wait for: the index, the weights, compiled code, the catalogue.

        What is looked for is nobody's question, so that nothing is noted; nothing is shown either.
        """
        maker = next(iter(catalogue().makers))
        for reading in _OF_EACH_KIND:
            query = Query((tracing.parse_reading(reading),), maker=maker)
            tracing.find_candidates(query=query, index=self.stores.marks, weights=self.weights, limit=1)

    def approve(self, proposal: int, actor: Actor) -> Recorded:
        """Approve another person's proposal, seal what was done, and bring the trace cases it touches in step.

        Raises:
            NotPermitted: the actor may not approve it, or proposed it.
            CorrectionRefused: it was decided already, or no longer fits what the record says.
            WeightsRefused: the file of proposed weights is gone, or another by now.
            KeyError: there is no such proposal, or the data to be erased are gone.
        """
        with self.stores.atomic():
            if tracing.proposes_weights(self.stores.proposals.proposal(proposal)):
                return self.own_weights.adopt(proposal=proposal, actor=actor, clock=self.clock)
            recorded = recordkeeping.approve_proposal(
                proposal=proposal, actor=actor, stores=self.stores, clock=self.clock
            )
            tracing.redraw_cases(weapons={each.event.weapon for each in recorded.sealed}, stores=self.stores)
        return recorded

    def verify(
        self,
        actor: Actor,
        against: Checkpoint | None = None,
        *,
        with_register: bool = False,
        with_files: bool = False,
        every_head: bool = False,
        earlier_keys: Sequence[VerifierKey] = (),
        told: Callable[[int], None] | None = None,
    ) -> Verification:
        """Verify the whole record, as the growth of `against` where a head kept elsewhere is given.

        Faults of rows and seal come first, then what tells beside the record that it was longer or another, the first
        change of an account that does not stand as it was chained, and the guards that the store ought to have and has
        not; then, if asked, the weapons, trace cases, blocks of numbers and dossiers of which the register says other
        than their events, personal data that are not what was sealed, and decisions that no event tells. Each event is
        read for that, which takes longer. `every_head` checks each signed head's signature, and not the newest one's
        only: those from before the first change of key with one of `earlier_keys`. `with_files` compares the pictures
        and weights that events name with those beside the register. `told` is called as rows are read, with how many
        are done.

        Raises:
            NotPermitted: the actor may not verify.
        """
        require(actor, Permission.RECORD_VERIFY)
        with self.stores.snapshot():
            found = verified(self.stores, self.key, against, told, every_head=every_head, earlier_keys=earlier_keys)
            unguarded = [*beside_faults(found, self.stores), *self.stores.records.guard_faults()]
            compared = chain(drawn_faults(self.stores), decided_faults(self.stores) if found.ok else ())
            drawn = list(islice(compared, _MOST_DIFFERING)) if with_register else []
        drawn += (
            [*self.own_weights.faults(), *photo_faults(self.stores, self._photos)] if with_files and found.ok else []
        )
        return replace(
            found,
            faults=(*found.faults, *unguarded, *drawn),
            complete=found.complete and len(drawn) < _MOST_DIFFERING,
            with_register=with_register,
        )

    def redraw(self, actor: Actor) -> Redrawn:
        """Draw the register, trace cases, blocks of numbers, dossiers and the search index anew from the record.

        One transaction, in which nobody else writes: what the tables held before is gone, or nothing is.

        Raises:
            NotPermitted: the actor may not write the record.
            RecordDoubtful: an event does not stand as it was sealed, or the end is cut off; nothing was drawn.
        """
        require(actor, Permission.RECORD_WRITE)
        with self.stores.atomic():
            found = verified(self.stores, self.key)
            ends = recordkeeping.end_faults(found.events, self.stores)
            if ends or not found.ok:
                raise RecordDoubtful(len(found.faults) + len(ends))
            redrawn = Redrawn(self.stores.register.redraw(), self.stores.cases.redraw())
            self.stores.numbers.redraw()
            self.stores.dossiers.redraw()
        self.stores.marks.segments()
        return redrawn

    def prove(self, position: int, actor: Actor) -> Proof:
        """Prove that an event is in the record.

        Raises:
            NotPermitted: the actor may not read the record.
            KeyError: there is no such event.
        """
        require(actor, Permission.RECORD_READ)
        with self.stores.snapshot():
            records = self.stores.records
            sealed, head = records.at(position), records.head()
            if head is None:
                raise KeyError(position)
            path = inclusion_proof(position, head.size, recordkeeping.TileHashes(records.tiles()))
        return Proof(position, sealed.leaf, tuple(path), head)

    def carried_proof(self, position: int, actor: Actor, *, witnessed: bool = False) -> CarriedProof:
        """Prove that an event is in the record, for who has no access to it: under the head most witnesses cosigned.

        Raises:
            NotPermitted: the actor may not read the record.
            KeyError: there is no such event.
            LookupError: it must be `witnessed`, and no witness cosigned one of the last heads that hold it.
        """
        require(actor, Permission.RECORD_READ)
        return self.own_proof(position, witnessed=witnessed)

    def own_proof(self, position: int, *, witnessed: bool) -> CarriedProof:
        """Prove that an event is in the record, as `carried_proof` does, for the node itself to send."""
        with self.stores.snapshot():
            records = self.stores.records
            sealed, head = records.at(position), self.witnessing.cosigned_head(position + 1)
            if head is None or (witnessed and len(head.signatures) == 1):
                raise LookupError(position)
            path = inclusion_proof(position, head.size, recordkeeping.TileHashes(records.tiles()))
        return CarriedProof(position, sealed.body, tuple(path), head)

    def prove_growth(self, old_size: int, new_size: int) -> list[bytes]:
        """Prove that the record of `new_size` events is the record of `old_size`, grown. It tells nothing else.

        Raises:
            IndexError: the record never had one of these sizes.
        """
        with self.stores.snapshot():
            return consistency_proof(old_size, new_size, recordkeeping.TileHashes(self.stores.records.tiles()))

    def export_tiles(self, directory: Path, actor: Actor) -> int:
        """Write the log as static files for another State to mirror; return how many files.

        Raises:
            NotPermitted: the actor may not export.
        """
        require(actor, Permission.RECORD_EXPORT)
        with self.stores.snapshot():
            head = self.stores.records.head()
            return exchange.write_mirror(directory, self.stores.records.tiles(), head) if head else 0

    def intake_of(self, file: Path, profile: str, *, sheet: str = "", heading_row: int = 0) -> Intake:
        """Make a file ready to be imported. `profile` is a shipped profile's name, or the path of a TOML file.

        `sheet` and `heading_row`, as a spreadsheet counts, go before what the profile says; else they are found.

        With a profile of lives the file is taken for an EPCIS document, whose things are its rows; another XML file for
        a NIEM document, whose firearms are.

        Raises:
            TableRefused: the file is no table that can be read.
            DocumentRefused: it is XML, but not such a document.
            ProfileRefused: there is no such profile, or it is not well formed.
        """
        read = _profile(profile).read_at(sheet, heading_row)
        exchange.require_file(file)
        if read.life:
            table = exchange.epcis_table(file.read_bytes(), file=file.name)
        elif file.suffix.lower() == ".xml":
            table = exchange.read_niem(file.read_bytes(), file=file.name)
        else:
            table = exchange.read_table(
                file,
                encoding=read.encoding,
                delimiter=read.delimiter,
                sheet=read.sheet,
                heading_row=read.heading_row,
                knows=read.knows,
            ).table
        return Intake(table, read, intake.CatalogueNames())

    def epcis_of(self, weapon: WeaponId, actor: Actor, base: str) -> dict[str, Any]:
        """Tell a weapon's life as an EPCIS 2.0 document. `base` is the address under which others know its things.

        Raises:
            NotPermitted: the actor may not export, or does not see the weapon's holder.
            KeyError: there is no such weapon.
        """
        require(actor, Permission.RECORD_EXPORT)
        record = recordkeeping.weapon_record(weapon=weapon, actor=actor, stores=self.stores)
        events = [step.sealed.event for step in record.steps]
        return exchange.write_epcis(events, base=base, created_at=self.clock.now())

    def keep_photo(self, content: bytes, actor: Actor) -> str:
        """Keep a picture of a recovered or destroyed weapon and return its SHA-256, which the record holds of it.

        Raises:
            NotPermitted: the actor may neither record recoveries nor write stock, and so destructions.
        """
        if not may(actor, Permission.RECORD_STOCK):
            require(actor, Permission.RECOVERY_WRITE)
        return self._photos.put(content)

    def photo(self, fingerprint: str, actor: Actor) -> bytes:
        """Return a picture by its SHA-256. Whoever asks has been shown a record that names it.

        Raises:
            NotPermitted: the actor may not read the record.
            KeyError: there is no such picture, or it is no longer what its fingerprint says.
        """
        require(actor, Permission.RECORD_READ)
        return self._photos.get(fingerprint)

    def keep_attachment(self, content: bytes, actor: Actor) -> str:
        """Keep a document that goes with a report and return its SHA-256, which the report names.

        Raises:
            NotPermitted: the actor may not write reports.
        """
        require(actor, Permission.REPORT_WRITE)
        return self._attachments.put(content)

    def attachment(self, fingerprint: str, actor: Actor) -> bytes:
        """Return a document by its SHA-256. Whoever asks has been shown a report that names it.

        Raises:
            NotPermitted: the actor may not read reports.
            KeyError: there is no such document, or it is no longer what its fingerprint says.
        """
        require(actor, Permission.REPORT_READ)
        return self._attachments.get(fingerprint)

    def public_attachment(self, report: str, fingerprint: str) -> bytes:
        """Return a document that a public report names in an answer which is for everybody.

        Raises:
            KeyError: there is no such report or document, or it is not public.
        """
        if fingerprint not in attachments_of(public_report_named(report, self.stores, self.clock.now().date())):
            raise KeyError(fingerprint)
        return self._attachments.get(fingerprint)

    @property
    def papers(self) -> Papers:
        """What the node prints."""
        return Papers(self.state, self.stores, self.clock, self.agency_names)

    @property
    def witnessing(self) -> Witnessing:
        """The node as a witness of others, and what its own witnesses say."""
        return Witnessing(self.state, self.key, self.stores, self.clock)

    @property
    def questioning(self) -> Questioning:
        """The private question, asked and answered."""
        return Questioning(self.key, self.stores, self.clock, self.folder, self.directory)

    @property
    def tips(self) -> Tipping:
        """The tip channel."""
        return Tipping(self.stores, self.clock, self.folder)

    @property
    def columns(self) -> Path:
        """The folder of the record as columns, from which signals and figures are drawn; each version has its own."""
        return self.folder / f"parquet-{columnar_version()}"

    @property
    def _attachments(self) -> Files:
        return Files(self.folder / "attachments")

    @property
    def _photos(self) -> Files:
        return Files(self.folder / "photos")


def _profile(named: str) -> intake.Profile:
    """Return a profile by its file or its name; a file that is not there is refused as a name that nobody knows."""
    path = Path(named)
    if path.suffix == ".toml" and path.is_file():
        return intake.read_profile(path.read_bytes(), file=path.name)
    return intake.shipped_profile(named)
