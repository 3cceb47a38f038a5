from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

from tracemark import tracing
from tracemark.authorities import Permission, require
from tracemark.kernel import Actor, Clock
from tracemark.node.ports import Stores
from tracemark.recordkeeping import Fault, FaultKind, Proposal, Recorded
from tracemark.storage import Files
from tracemark.tracing import Lesson, Weights, load_weights, read_weights, weights_refused

_OWN = "+"
"""What the name of a node's own version holds, and that of one that comes with the software never does."""


class OwnWeights:
    """The versions of the weights that a node learnt, beside its register, and the one in use.

    A version's text lies in a file under its SHA-256, which the proposal names and the adoption seals. Whatever is read
    is held against it: weights that somebody changed are refused, and no others are taken in their place.
    """

    def __init__(self, stores: Stores, folder: Path) -> None:
        self._stores, self._files = stores, Files(folder / "weights")
        self._seen: tuple[int, Weights] | None = None
        self._last: tuple[str, Weights] | None = None

    def in_use(self) -> Weights:
        """Return the adopted weights, also where somebody adopted them a moment ago; else those of the software.

        Raises:
            WeightsRefused: the file of the adopted weights is gone, or another by now.
        """
        size, seen = self._stores.records.size(), self._seen
        if seen is None or seen[0] != size:
            adoption = tracing.adopted_weights(self._stores)
            seen = size, load_weights() if adoption is None else self._read(adoption.version, adoption.fingerprint)
            self._seen = seen
        return seen[1]

    def named(self, version: str) -> Weights:
        """Return a version of the weights, so that a score of old can be drawn again.

        Raises:
            WeightsRefused: there is no such version, or its file is gone or another by now.
        """
        return self._read(version, self._fingerprint(version))

    def text(self, version: str) -> str:
        """Return the text of a version of the weights.

        Raises:
            WeightsRefused: there is no such version, or its file is gone or another by now.
        """
        return self._text(version, self._fingerprint(version))

    def learn(
        self, *, actor: Actor, clock: Clock, since: date | None = None, strength: float = tracing.DEFAULT_STRENGTH
    ) -> Lesson:
        """Learn from officers' judgements, beginning with the weights in use. Writes nothing.

        Raises:
            NotPermitted: the actor may not propose weights.
            TraceRefused: nothing was judged, or `strength` is not above 0.
            WeightsRefused: the file of the adopted weights is gone, or another by now.
        """
        require(actor, Permission.WEIGHTS_PROPOSE)
        parent = self.in_use().version
        return tracing.learn(
            parent=self.text(parent),
            version=self._following(parent, clock.now().date()),
            actor=actor,
            stores=self._stores,
            clock=clock,
            since=since,
            strength=strength,
        )

    def propose(self, *, lesson: Lesson, actor: Actor, clock: Clock) -> Proposal:
        """Keep what was learnt beside the register, and propose it to a second person.

        Raises:
            NotPermitted: the actor may not propose weights.
            WeightsRefused: the held-back judgements do not bear it out, or its name is taken by now.
        """
        require(actor, Permission.WEIGHTS_PROPOSE)
        if lesson.worth is not tracing.Worth.BETTER:
            raise weights_refused("tracing.weights_not_better", lesson.version)
        fingerprint = self._files.put(lesson.text.encode())
        return tracing.propose_weights(
            version=lesson.version,
            fingerprint=fingerprint,
            told=tracing.lesson_plain(lesson),
            actor=actor,
            stores=self._stores,
            clock=clock,
        )

    def propose_again(self, *, version: str, actor: Actor, clock: Clock) -> Proposal:
        """Propose to go back to a version that was in use before, or that comes with the software.

        Raises:
            NotPermitted: the actor may not propose weights.
            WeightsRefused: there is no such version, its file is gone or another by now, it was never in use, or it is.
        """
        require(actor, Permission.WEIGHTS_PROPOSE)
        used = {each.version for each in tracing.weights_adoptions(self._stores)}
        if version not in {*used, *tracing.shipped_versions()}:
            raise weights_refused("tracing.no_such_weights", version)
        if version == self._version_in_use():
            raise weights_refused("tracing.weights_in_use_already", version)
        fingerprint = sha256(self.text(version).encode()).hexdigest()
        return tracing.propose_weights(
            version=version, fingerprint=fingerprint, told={}, actor=actor, stores=self._stores, clock=clock
        )

    def adopt(self, *, proposal: int, actor: Actor, clock: Clock) -> Recorded:
        """Adopt weights that another person proposed, whose file is still what was proposed.

        Raises:
            NotPermitted: the actor may not adopt weights, or proposed them.
            CorrectionRefused: it was decided already.
            WeightsRefused: it is no proposal of weights, or the file is gone, another by now, or of an older shape.
            KeyError: there is no such proposal.
        """
        proposed = self._stores.proposals.proposal(proposal)
        if tracing.proposes_weights(proposed):
            self._read(proposed.subject, str(proposed.content["fingerprint"]))
        return tracing.adopt_weights(proposal=proposal, actor=actor, stores=self._stores, clock=clock)

    def faults(self) -> Iterator[Fault]:
        """Yield each adopted version of which the file is not there, or is another by now."""
        for each in tracing.weights_adoptions(self._stores):
            if _OWN not in each.version:
                continue
            try:
                altered = self._files.altered(each.fingerprint)
            except KeyError:
                yield Fault(each.event, FaultKind.FILE_MISSING, place=each.fingerprint)
            else:
                if altered:
                    yield Fault(each.event, FaultKind.FILE_CHANGED, place=each.fingerprint)

    def _version_in_use(self) -> str:
        adoption = tracing.adopted_weights(self._stores)
        return adoption.version if adoption else load_weights().version

    def _following(self, parent: str, day: date) -> str:
        """Return the name of the next version: the software's that it goes back to, the day, and a number."""
        beginning = f"{parent.partition(_OWN)[0]}{_OWN}{day.isoformat()}."
        taken = {each.subject for each, _ in tracing.weights_proposals(self._stores)}
        return f"{beginning}{1 + sum(each.startswith(beginning) for each in taken)}"

    def _fingerprint(self, version: str) -> str:
        """Return the fingerprint sealed for a version, or that of its proposal; "" for those of the software."""
        if version in tracing.shipped_versions():
            return ""
        sealed = {each.version: each.fingerprint for each in tracing.weights_adoptions(self._stores)}
        proposed = {each.subject: str(each.content["fingerprint"])
                    for each, _ in tracing.weights_proposals(self._stores)}  # fmt: skip
        try:
            return sealed.get(version) or proposed[version]
        except KeyError:
            raise weights_refused("tracing.no_such_weights", version) from None

    def _text(self, version: str, fingerprint: str) -> str:
        if _OWN in version:
            try:
                return self._files.get(fingerprint).decode()
            except KeyError:
                raise weights_refused("tracing.weights_damaged", version) from None
        try:
            text = tracing.shipped_weights(version)
        except FileNotFoundError:
            raise weights_refused("tracing.no_such_weights", version) from None
        if fingerprint not in ("", sha256(text.encode()).hexdigest()):
            raise weights_refused("tracing.weights_damaged", version)
        return text

    def _read(self, version: str, fingerprint: str) -> Weights:
        if self._last is None or self._last[0] != (fingerprint or version):
            self._last = fingerprint or version, _fitting(version, self._text(version, fingerprint))
        return self._last[1]


def _fitting(version: str, text: str) -> Weights:
    """Read weights that hold all that this version of the software compares by; older ones may not."""
    now = load_weights()
    try:
        found = read_weights(text)
        whole = all(getattr(found, name).keys() >= getattr(now, name).keys() for name in _TABLES)
    except (KeyError, TypeError, ValueError):
        whole = False
    if not whole:
        raise weights_refused("tracing.weights_outdated", version)
    return found


_TABLES = ("channel", "certainty", "attributes", "absent")
