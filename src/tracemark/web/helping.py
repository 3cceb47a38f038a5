"""Steps of requests, programmes and grants, with the form that each asks for."""

from collections.abc import Mapping

from tracemark import node
from tracemark.node import StepSaid, StepToTake
from tracemark.web.access import Desk
from tracemark.web.dossier_steps import Step
from tracemark.web.forms.desk import DeskForm


def named_steps(steps: Mapping[str, StepToTake], forms: Mapping[str, type[DeskForm]]) -> dict[str, Step]:
    """Return steps as pages offer them; what a form asks for is called as the step says it."""

    def act(slug: str) -> Step:
        def take(desk: Desk, name: str, form: DeskForm) -> None:
            node.take_assistance_step(desk.node, name, slug, StepSaid(**form.cleaned_data), desk.actor)

        return Step(steps[slug].kind, forms[slug], take)

    return {slug: act(slug) for slug in steps}
