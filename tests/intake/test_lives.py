"""A life in one cell, whatever somebody put there."""

import pytest

from tests.intake.lots import PROFILE, codes, draft_of, row

LIFE = PROFILE.partition("[[event]]")[0].replace('model = "model"\n', "") + '[life]\ncolumn = "model"\n'
EVENT = (
    '{"kind": "KIND", "happened": "2019-05", "step": "s", "document": "D 1", "details": {"holder": "urn:x:1", "by": 1}}'
)


def test_a_life_is_read_with_what_its_kinds_may_say_and_no_more() -> None:
    draft = draft_of(row(model=f"[{EVENT.replace('KIND', 'registered')}]"), LIFE)
    assert [(each.kind.value, str(each.happened), each.details, each.document) for each in draft.events] == [
        ("registered", "2019-05", {"holder": "organisation:urn:x:1"}, "D 1")
    ]
    assert (codes(draft), draft.persons) == ([], ())


@pytest.mark.parametrize("kind", ["", "corrected", "numbers_allocated", "nonsense"])
def test_an_event_that_only_its_own_action_may_write_or_nobody_knows_is_refused(kind: str) -> None:
    assert codes(draft_of(row(model=f"[{EVENT.replace('KIND', kind)}]"), LIFE)) == ["intake.event_meaningless"]


@pytest.mark.parametrize(
    "marks", ["[7]", '"x"', '[{"kind": "nonsense"}]', "[]", '[{"kind": "import", "text": "XT"}, 1]']
)
def test_marks_that_are_not_in_the_records_form_refuse_their_row(marks: str) -> None:
    marked = EVENT.replace("KIND", "marked").replace('{"holder"', f'{{"marks": {marks}, "holder"')
    draft = draft_of(row(model=f"[{EVENT.replace('KIND', 'registered')}, {marked}]"), LIFE)
    assert codes(draft) == ["intake.detail_empty"]


@pytest.mark.parametrize(
    "cell",
    ["[", "7", "[7]", "{}x", '[{"kind": "registered"}]', f"[{EVENT.replace('2019-05', '17 May')}]",
     f"[{EVENT.replace('2019-05', '2019-13')}]"],
)  # fmt: skip
def test_a_cell_that_is_no_life_refuses_its_row(cell: str) -> None:
    draft = draft_of(row(model=cell), LIFE)
    assert (draft.refused, codes(draft)) == (True, ["intake.event_meaningless"])
