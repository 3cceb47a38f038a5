"""What the values of a figure's disaggregations are called."""

from tracemark import wording
from tracemark.reporting import breakdown_values, figures
from tracemark.wording import LANGUAGES


def test_every_value_of_a_closed_list_has_a_name_in_every_language() -> None:
    by = {each for figure in figures().values() for each in figure.by}
    values = {(each, value) for each in by for value in breakdown_values(each)}
    nameless = {
        (language.code, each, value)
        for language in LANGUAGES
        if language.code != "en"
        for each, value in values
        if wording.cell_text(each, value, to=language.code).strip("\u2066\u2067\u2068\u2069") == value
    }
    assert {name for name in nameless if name[1] != "age_band"} == set()
