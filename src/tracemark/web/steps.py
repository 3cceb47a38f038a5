"""A page of a dossier has a form for each step that may follow; the one that was sent says which it is."""

from collections.abc import Collection

from tracemark.kernel import Refused
from tracemark.web.access import Desk
from tracemark.web.forms.desk import DeskForm


def step_of(desk: Desk, steps: Collection[str]) -> str:
    """Return which step was sent, "" where none was or nobody knows it."""
    step = desk.POST.get("step", "") if desk.method == "POST" else ""
    return step if step in steps else ""


def say_refused(form: DeskForm, refused: Refused, *, offered: bool) -> None:
    """Say in the form why its step was refused; where the page no longer offers it, on a page of its own.

    Raises:
        Refused: the page does not offer the step to this reader, as things stand.
    """
    if not offered:
        raise refused
    form.refuse(refused)
