import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from docs.generators.markdown import code, codes, table
from tracemark import intake, marking
from tracemark.intake.profiles import COMPONENT_FIELDS, ENUMERATIONS, MARK_FIELDS, WEAPON_FIELDS
from tracemark.marking import Circumstance, Criterion, MarkKind
from tracemark.marking.circumstances import SAYABLE
from tracemark.marking.profiles.reading import CONFIDENCES
from tracemark.weapons import Part

TOLD = tomllib.loads(Path(__file__).with_name("formats.toml").read_text("utf-8"))

_BEGINNING = """# Profiles

Two kinds of TOML file say what differs between States. An *import profile* says what the columns of a table mean; a
*national marking profile* says what a law asks of marks. Both are read strictly: a field nobody knows is refused,
with the nearest one that is known.
"""


def formats_page() -> str:
    """Describe both formats of profile, field by field, and list those shipped."""
    return "\n".join([_BEGINNING, *_import(), *_national()])


def _import() -> list[str]:
    told = TOLD["import"]
    fields = [
        ("`[weapon]`", codes(WEAPON_FIELDS)),
        ("`[[component]]`", codes(COMPONENT_FIELDS)),
        ("`[[mark]]`", codes(MARK_FIELDS)),
    ]
    words = [(code(name), codes(sorted(allowed))) for name, allowed in ENUMERATIONS.items()]
    shipped = [(code(name), _first_line("intake", name)) for name in intake.shipped_profiles()]
    return [
        "## Import profiles\n",
        "Used by `tracemark import FILE --profile NAME`; a name that ends in `.toml` is a file of your own",
        "([how](../howto/import-a-registry.md)).\n",
        "Shipped:\n",
        table(["profile", "what it reads"], shipped),
        "\n### Tables\n",
        table(["table", "meaning"], _rows(told["tables"])),
        "\n### `[file]`\n",
        table(["field", "meaning"], _rows(told["file"])),
        "\n### Fields of weapon, component and mark\n",
        table(["table", "fields"], fields),
        "\nWords that a field allows; `values` maps a file's own words to them:\n",
        table(["field", "words"], words),
        "\nMakers, models, calibres, kinds and States are looked up in the catalogue by name, alias or code; what it",
        "does not know is kept as written, and the report says so.",
        "\n### A value\n",
        "A field of a weapon, component or mark, or a detail of an event, is a column's name or a table of these:\n",
        table(["field", "meaning"], _rows(told["value"])),
        "\n### `[[event]]`\n",
        table(["field", "meaning"], _rows(told["event"])),
        "\n### A holder\n",
        "`holder`, `custodian`, `to` and `from` of an event may say besides what a value says:\n",
        table(["field", "meaning"], _rows(told["holder"])),
        "\nThe cell `private` stands for a private person whom nobody names. A column that may name persons is",
        "recorded in no other way: a profile that makes it a key, a place or a document is refused.",
    ]


def _national() -> list[str]:
    told = TOLD["national"]
    shipped = [
        (code(name), profile.title, profile.state, str(len(profile.requirements)))
        for name, profile in marking.shipped_profiles().items()
    ]
    words = [
        ("circumstances", codes(Circumstance)),
        ("marks", codes(MarkKind)),
        ("parts, except_parts", codes(Part)),
        ("values of `must_say`, and saying", codes(SAYABLE)),
        ("confidence", codes(CONFIDENCES)),
    ]
    return [
        "\n## National marking profiles\n",
        "A State adds its own ([how](../howto/add-a-national-marking-profile.md)). Shipped:\n",
        table(["profile", "title", "State", "requirements"], shipped),
        "\n### At the head\n",
        table(["field", "meaning"], _rows(told["head"])),
        "\n### `[[requirement]]`\n",
        table(["field", "meaning"], _rows(told["requirement"])),
        "\n### Criteria\n",
        table(["criterion", "holds when"], [(code(each.value), told["criteria"][each.value]) for each in Criterion]),
        "\n### Words\n",
        table(["field", "words"], words),
    ]


def _rows(told: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(code(name), meaning) for name, meaning in told.items()]


def _first_line(room: str, name: str) -> str:
    """Return what a profile's own head says it reads."""
    text = (files(f"tracemark.{room}") / "profiles" / f"{name}.toml").read_text("utf-8")
    lines = [line.removeprefix("#").strip() for line in text.splitlines() if line.startswith("#")]
    return " ".join(lines).split(". ")[0].rstrip(".") + "."
