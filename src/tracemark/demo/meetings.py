"""Proposals before the next meeting of States, positions of States that never were, and a dossier that was kept."""

from dataclasses import replace

from tracemark import node as doing
from tracemark import review
from tracemark.authorities import Role
from tracemark.demo.desk import REGISTRY, Desk
from tracemark.kernel import cite
from tracemark.review import Position, Stance, Text

_NEXT, _LAST = "BMS10", "BMS9"
_PROPOSED = (
    Text(
        _NEXT,
        "Every polymer frame bears a metal plate",
        "XE",
        cite("BMS7 ITI.1"),
        "States require that the number of a weapon with a polymer frame stands on a metal plate that cannot be taken "
        "out without destroying the frame.",
        "BMS10/WP.1",
    ),
    Text(
        _NEXT,
        "Targets name the request for assistance that they wait for",
        "XT",
        cite("BMS7 ASSIST.3"),
        "A voluntary target that is short of means names the request that would provide them, so that donors see both.",
    ),
)
_POSITIONS = (
    (
        0,
        Position("XT", Stance.WITH_CHANGES, "Old stock needs ten years.", "Support if stock of before 2015 is exempt."),
    ),
    (0, Position("Riverlands Group", Stance.RESERVES, "The cost to small makers is not known.")),
    (1, Position("XE", Stance.SUPPORTS, "It shows at once what is short.")),
)


def prepare_meeting(desk: Desk) -> None:
    """Record proposals and positions, and keep the dossier that was taken to the last meeting."""
    by = desk.by("demo-point-of-contact", REGISTRY, Role.POINT_OF_CONTACT)
    calendar = review.shipped_calendar()
    names = [review.record_proposal(text=each, calendar=calendar, **by) for each in _PROPOSED]
    for place, position in _POSITIONS:
        review.note_position(name=names[place], position=position, ours=desk.node.state, **by)
    drawn = doing.meeting_dossier(replace(desk.node, clock=desk), _LAST, by["actor"], calendar)
    review.keep_dossier(dossier=drawn, note="Taken to the meeting.", **by)
