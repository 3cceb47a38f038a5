"""What a template draws once is drawn for one language and the values it names, and for no others."""

from django.template import Context, Template
from django.utils import translation

COUNTED = Template(
    '{% once theme %}{% for each in drawn %}{{ theme }} {{ each }} {% say "web.page.skip" %}{% endfor %}{% endonce %}'
)


def drawn(theme: str, *each: str, language: str = "en") -> str:
    with translation.override(language):
        return COUNTED.render(Context({"theme": theme, "drawn": each}))


def test_it_is_drawn_once_a_value_and_a_language_and_escaped() -> None:
    first = drawn("<dark>", "one")
    assert first == "&lt;dark&gt; one Skip to the content"
    assert drawn("<dark>", "two") == first
    assert drawn("light", "two") == "light two Skip to the content"
    assert drawn("<dark>", "three", language="fr") == "&lt;dark&gt; three Aller au contenu"


def test_two_places_of_the_same_words_do_not_share() -> None:
    both = Template("{% once %}{{ one }}{% endonce %}{% once %}{{ other }}{% endonce %}")
    assert both.render(Context({"one": 1, "other": 2})) == "12"
