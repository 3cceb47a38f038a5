from dataclasses import dataclass

from tracemark.assistance.matching import Matched, Round, match_needs
from tracemark.assistance.obstacles import Bar, most_granted
from tracemark.assistance.solving import NoSolution


@dataclass(frozen=True, slots=True)
class Opening:
    """What it would have taken for a programme to serve a need that it does not serve in a proposal.

    `barred` is what stands against it; where nothing does, `loss` is the need met elsewhere that would be lost for it
    (None where even that is impossible), and `money` what the programme would have to have more so that nothing is.
    """

    programme: str
    barred: tuple[Bar, ...]
    loss: float | None = None
    money: int = 0


def what_it_takes(request: str, proposal: Matched, round_: Round, *, seconds: float = 20.0) -> list[Opening]:
    """Return, for each programme that does not serve a need in a proposal, what that would have taken; nearest first.

    Raises:
        KeyError: there is no such need.
    """
    need = {each.request: each for each in round_.needs}[request]
    serving = {each.programme for each in proposal.grants if each.request == request}
    found = []
    for programme in round_.programmes:
        if programme.name in serving:
            continue
        if barred := proposal.barred.get((request, programme.name)):
            found.append(Opening(programme.name, barred))
            continue
        try:
            other = match_needs(round_, forced=(request, programme.name), barred=proposal.barred, seconds=seconds)
        except NoSolution:
            found.append(Opening(programme.name, ()))
            continue
        least = need.amount if programme.whole_only else min(max(1, programme.least), most_granted(need, programme))
        found.append(Opening(programme.name, (), max(0.0, proposal.met - other.met), least))
    return sorted(found, key=lambda each: (len(each.barred), each.loss is None, each.loss or 0.0, each.programme))
