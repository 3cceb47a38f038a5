"""What `link` does and prints; apart from the command, so that nothing is loaded for it where it is not typed."""

from pathlib import Path

from tracemark import node
from tracemark.authorities import Role
from tracemark.cli.options import node_at, operator
from tracemark.cli.output import console, fail, print_json, reader_language, say
from tracemark.cli.progress import progress
from tracemark.node import Engine, Linked, ListSide, RegisterSide, Side, SparkMissing
from tracemark.tracing import LinkTerms, UnreadableReading, read_mark_text
from tracemark.wording import question_texts


def link(
    a: str, b: str, *, out: Path, engine: str, limit: int, least: float, absent: float | None, as_json: bool
) -> None:
    """Link two sides and print what came of it; what is in the way ends the command with nothing written."""
    if not out.absolute().parent.is_dir():
        fail("cli.no_such_folder", place=str(out.absolute().parent))
    first = _side(a)
    second = first if a == b else _side(b)
    with progress() as bar:
        task = bar.add_task(out.name, total=None)
        try:
            linked = node.link_sides(
                first,
                second,
                out=out,
                terms=LinkTerms(limit, least, absent),
                engine=Engine(engine),
                told=lambda done, total: bar.update(task, completed=done, total=total),
            )
        except SparkMissing as error:
            fail("cli.spark_missing", why=" ".join(str(error).split()))
    if as_json:
        print_json(_plain(linked, out))
    else:
        _print(linked, out, b)


def _side(text: str) -> Side:
    """Return the register at a URL, or the list in a file."""
    if "://" in text:
        opened = node_at(text)
        # A URL may hold a password, and the answer travels.
        return RegisterSide(f"{opened.state}: {opened.folder.stem}", opened, operator(opened, Role.TRACING_ANALYST))
    path = Path(text)
    if not path.is_file():
        fail("cli.no_such_list", place=text)
    return ListSide(path)


def _print(linked: Linked, out: Path, other: str) -> None:
    found = linked.summary
    code = "cli.linked_itself" if linked.itself else "cli.linked"
    console.print(
        say(code, rows=found.rows, searched=linked.searched, linked=found.linked, confident=found.confident),
        style="bold",
    )
    if found.reasons:
        console.print(say("cli.link_unanswered", count=sum(found.reasons.values())))
    for row, reading, reason in found.unsearched:
        console.print(f"  {say('cli.in_row', row=row)} {_why(reading, reason)}", soft_wrap=True)
    if found.unknown:
        console.print(say("cli.link_words_left_out", count=found.unknown))
    if linked.unsearchable:
        console.print(
            say(
                "cli.link_unsearchable",
                count=len(linked.unsearchable),
                rows=list(linked.unsearchable[:_SHOWN]),
                b=other,
            )
        )
    console.print(say("cli.link_written", file=str(out), weights=linked.weights))


def _why(reading: str, reason: str) -> str:
    """Say why a row was not answered; what a reading asks is asked of whoever can answer it."""
    try:
        read_mark_text(reading).settled()
    except UnreadableReading as error:
        if error.code == reason:
            return " ".join(question_texts(error, to=reader_language()))
    return say(reason)


def _plain(linked: Linked, out: Path) -> dict[str, object]:
    found = linked.summary
    return {
        "file": str(out),
        "rows": found.rows,
        "linked": found.linked,
        "confident": found.confident,
        "unknown": found.unknown,
        "reasons": dict(found.reasons),
        "itself": linked.itself,
        "searched": linked.searched,
        "unsearchable": len(linked.unsearchable),
        "weights": linked.weights,
    }


_SHOWN = 10
