from collections.abc import Iterator

from docs.generators.markdown import cited, code, said, table
from tracemark import reporting
from tracemark.reporting import Figure

_HEAD = """# Figures

What the record can count ([how](../howto/draw-a-figure.md)): `tracemark figure ID --from 2024 --to 2025`. Each is one
query in `src/tracemark/reporting/definitions`, over [the record as columns](columns.md), that answers with a row for
each thing counted. A weapon counts once a year. *Rests on*: where the record holds no entry of these kinds at all
the figure is not available, which is not 0.
"""


def figures_page() -> str:
    """Describe every figure."""
    return "\n".join([_HEAD, *map("\n".join, map(_figure, reporting.figures().values()))])


def _figure(each: Figure) -> Iterator[str]:
    rows = [
        ("name", said(f"figures.{each.id}")),
        ("unit", each.unit),
        ("serves", cited(each.paragraph)),
        ("by", ", ".join(map(code, reporting.breakdowns(each))) or "-"),
    ]
    if each.parts:
        rows.append(("share", " / ".join(map(code, each.parts))))
    if each.recorded:
        rows.append(("rests on", ", ".join(map(code, each.recorded))))
    yield f"## {each.id}\n\n{each.question}\n\n{table(['', ''], rows)}\n"
