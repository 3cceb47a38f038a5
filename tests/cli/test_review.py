"""The review cycle at the command line: a dossier in every form, kept and withdrawn, proposals side by side."""

import io
from pathlib import Path

import docx
import pytest

from tests.cli.test_contract import plain, run
from tracemark.instruments import shipped
from tracemark.kernel import cite
from tracemark.review import ReviewRefused
from tracemark.wording import paragraph_summary


def test_a_dossier_is_written_kept_and_withdrawn(demo_copy: str, tmp_path: Path) -> None:
    paper, office = tmp_path / "dossier.pdf", tmp_path / "dossier.docx"
    asked = ("review", "dossier", "BMS9", "--for", "XT", "--db", demo_copy)
    kept = plain(run(*asked, "--keep", "--out", str(paper), "--language", "ar", "--json"))
    assert paper.read_bytes()[:5] == b"%PDF-"
    assert run(*asked, "--out", str(office), "--language", "fr").exit_code == 0
    headings = [each.text for each in docx.Document(io.BytesIO(office.read_bytes())).paragraphs]
    assert {"Engagements", "Signaux de détournement", "Armes en polymère, modulaires, imprimées et converties"} <= {
        *headings
    }
    told = plain(run("review", "kept", "--db", demo_copy, "--json"))["dossiers"]
    assert isinstance(told, list)
    assert [(each["name"], each["standing"], each["fingerprint"]) for each in told] == [
        (kept["name"], "kept", kept["fingerprint"])
    ]
    name = str(kept["name"])
    codes = [run("review", "withdraw", name, "--reason", "wrong", "--db", demo_copy).exit_code for _ in "ab"]
    assert codes == [0, 1]


@pytest.mark.parametrize(("language", "heads"), [("fr", ["Paragraphe", "En bref"]), ("ar", ["الفقرة", "باختصار"])])
def test_each_cited_paragraph_stands_at_the_end_with_its_summary(
    language: str, heads: list[str], demo_copy: str, tmp_path: Path
) -> None:
    office = tmp_path / "dossier.docx"
    asked = ("review", "dossier", "BMS9", "--for", "XT", "--db", demo_copy, "--language", language)
    assert run(*asked, "--out", str(office)).exit_code == 0
    document = docx.Document(io.BytesIO(office.read_bytes()))
    *tables, cited = [[[unmarked(cell.text) for cell in row.cells] for row in each.rows] for each in document.tables]
    assert cited[0] == heads
    told = dict(cited[1:])
    of_tables = {row[head.index(heads[0])] for head, *rows in tables if heads[0] in head for row in rows}
    lines = "\n".join(unmarked(each.text) for each in document.paragraphs)
    others = {name for name in map(str, shipped().versions) if f"({name})" in lines}
    assert (len(of_tables) > len(others), (of_tables | others) - set(told)) == (True, {"–"})
    assert told == {
        name: unmarked(paragraph_summary(shipped().paragraph(cite(name)), to=language).text) for name in told
    }
    assert told["PoA II.17"] != shipped().paragraph(cite("PoA II.17")).summary


def unmarked(text: str) -> str:
    """A text without the marks that keep a foreign word's direction apart."""
    return text.replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize(
    "asked",
    [
        ("BMS99",),
        ("BMS9", "--for", "XE"),
        ("BMS9", "--out", "dossier.odt"),
        ("BMS9", "--language", "tlh"),
    ],
)
def test_what_cannot_be_drawn_up_is_refused_and_said(asked: tuple[str, ...], demo_copy: str) -> None:
    refused = run("review", "dossier", *asked, "--db", demo_copy)
    said = bool(refused.stderr) or isinstance(refused.exception, ReviewRefused)
    assert (refused.exit_code, refused.stdout, said) == (1, "", True)


def test_proposals_stand_side_by_side(demo_copy: str) -> None:
    made = run(
        "review",
        "propose",
        "BMS10",
        "BMS7 ITI.1",
        "A plate",
        "--by",
        "XE",
        "--text",
        "Plates.",
        "--db",
        demo_copy,
        "--json",
    )
    name = str(plain(made)["name"])
    ours = run("review", "position", name, "supports", "--instructions", "Second it.", "--db", demo_copy, "--json")
    assert ours.exit_code == 0
    found = plain(run("review", "proposals", "BMS10", "--db", demo_copy, "--json"))["proposals"]
    assert isinstance(found, list)
    assert [(each["by"], each["stance"], each["instructions"]) for each in found[0]["positions"]] == [
        ("XT", "supports", "")
    ]
    settled = ("review", "settle", name, "adopted", "--reason", "so", "--db", demo_copy, "--json")
    assert [run(*settled).exit_code for _ in "ab"] == [0, 1]


def test_a_state_names_its_own_meetings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "meetings.toml"
    own.write_text(
        '[meeting.X1]\nkind = "mge"\nfirst = "2027"\nlast = "2027"\nsource = "ours"\nconfidence = "read"\n'
        "checked_on = 2027-01-01\n"
    )
    monkeypatch.setenv("TRACEMARK_MEETINGS", str(own))
    listed = plain(run("review", "meetings", "--json"))["meetings"]
    assert isinstance(listed, list)
    assert [each["source"] for each in listed if each["code"] == "X1"] == ["ours"]
    monkeypatch.setenv("TRACEMARK_MEETINGS", str(tmp_path / "nowhere.toml"))
    assert run("review", "meetings").exit_code == 1


def test_the_table_and_the_undertakings_are_printed(demo_copy: str) -> None:
    cells = plain(run("review", "table", "--db", demo_copy, "--json"))["cells"]
    assert isinstance(cells, list)
    assert {(each["row"], len(each["numbers"]) > 0) for each in cells} == {
        (row, True) for row in ("national", "regional", "global", "iti")
    }
    told = plain(run("review", "undertakings", "--instrument", "BMS7", "--db", demo_copy, "--json"))["undertakings"]
    assert isinstance(told, list)
    assert {each["paragraph"].split()[0] for each in told} == {"BMS7"}
