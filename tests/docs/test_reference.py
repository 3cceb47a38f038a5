"""What a user can name has a place in the reference, and the reference is what the code says today."""

import json
import re
import tomllib

import pytest

from docs.generators import FOLDER, pages, parted
from docs.generators.api import operations
from docs.generators.commands import SHAPES, commands
from docs.generators.environment import read_names, told_names
from docs.generators.formats import TOLD
from tests.docs.examples import Example, run
from tests.house.test_citations import rules
from tests.house.tree import PACKAGE
from tests.vectors.certificate import recipe as certificates
from tracemark import instruments, intake, marking, wording
from tracemark.authorities import Permission, Role
from tracemark.marking import Criterion, ProfileUnreadable
from tracemark.recordkeeping import EventKind, Status

PROFILES = PACKAGE / "intake" / "profiles"
DEFAULT = '"column"'
VALUES = {
    "date_order": '"day_first"',
    "two_digit_pivot": "40",
    "missing": '["-"]',
    "required": "[]",
    "absent_columns_empty": "true",
    "heading_row": "3",
    "serials_as_written": "true",
    "columns": '["column"]',
    "values": '{ P = "pistol" }',
}
APART = ("kind", "when", "details", "holder", "custodian")
HOLDER_VALUES = {"names": '{ column = "column" }', "person": '{ born = "born" }'}
CERTIFICATE = json.loads(certificates.TARGET.read_text("utf-8"))
ARGUMENTS = {
    "token list": "--for clerk",
    "import": "docs/howto/examples/dealer.csv --profile docs/howto/examples/dealer.toml --dry-run",
    "trace": "TV1",
    "weapon": "W-1",
    "certificate verify": f"{CERTIFICATE['cases']['good']['token']} --key {CERTIFICATE['key']} --on 2026-05-06",
    "screen": "Amber",
    "party add": "'Blue Sea' --reason Diverted",
    "party remove": "{} --reason Mistaken",
    "count": "{} seen.txt --close",
    "export parquet": "columns",
    "indicator compare": "docs/howto/examples/published-columns.csv",
    "indicator regions": "docs/howto/examples/questionnaire-columns.csv --year 2018",
    "target add": "Losses --commitment 'PoA II.17' --baseline 9 --baseline-on 2024-12-31 --goal 5 --due 2030-12-31 "
    "--responsible XT-REG --figure losses.lost",
    "plan import": "docs/howto/examples/salw-plan.toml",
    "review dossier": "BMS9",
    "review propose": "BMS10 'BMS7 ITI.1' 'A plate' --by XE --text Plates",
    "report draft": "--from 2024 --to 2025",
    "contribution show": "{}",
    "assist import": str(PACKAGE / "demo" / "given" / "activities.xml"),
    "assist crs": f"{PACKAGE / 'demo' / 'given' / 'aid-series.csv'} --source Invented --seen-on 2026-01-12",
    "consultation show": "{}",
    "tips read": "{}",
    "campaign plan": "marking Marks --place XT-REG --quantity 9 --first 2026-01-01 --last 2026-12-31 "
    "--responsible XT-REG --commitment 'ITI 8(d)'",
    "campaign show": "{}",
    "peer add": "{}",
    "receive": ".",
}
CONSULTED = """
from datetime import timedelta
from tracemark import participation
from tracemark.kernel import Actor
from tracemark.node import open_node
node = open_node()
by = {"actor": Actor("a", "XT-REG", frozenset({"point_of_contact"})), "stores": node.stores, "clock": node.clock}
today = node.clock.now().date()
draft = participation.ConsultationDraft("Plan", "What is missing?", today, today + timedelta(days=9))
print(participation.open_consultation(draft=draft, **by).name)
"""
KEYED = """
from pathlib import Path
from tempfile import mkdtemp
from tracemark.kernel import Actor
from tracemark.node import open_node
file = Path(mkdtemp()) / "desk.key"
open_node().tips.draw_key(file, Actor("a", "XT-REG", frozenset({"point_of_contact"})))
print(file)
"""
CAMPAIGN = """
from datetime import date
from tracemark import assistance
from tracemark.kernel import Actor, cite
from tracemark.node import open_node
node = open_node()
by = {"actor": Actor("a", "XT-REG", frozenset({"point_of_contact"})), "stores": node.stores, "clock": node.clock}
draft = assistance.CampaignDraft(
    assistance.CampaignKind.MARKING, "Marks", ("XT-REG",), 9, date(2026, 1, 1), date(2026, 12, 31), "XT-REG",
    cite("ITI 8(d)"),
)
print(assistance.plan_campaign(draft=draft, **by).name)
"""
LISTED = """
from tracemark import transfers
from tracemark.kernel import Actor
from tracemark.node import open_node
node = open_node()
by = {"actor": Actor("a", "XT-REG", frozenset({"approver"})), "stores": node.stores, "clock": node.clock}
print(transfers.list_party(denied=transfers.Denied("", "Blue Sea", reason="Diverted"), **by))
"""
CONTRIBUTED = """
from tracemark import participation, reporting
from tracemark.kernel import Actor
from tracemark.node import drawing, open_node
node = open_node()
stores = {"stores": node.stores, "clock": node.clock}
contact, approver = (Actor(each, "XT-REG", frozenset({each})) for each in ("point_of_contact", "approver"))
with drawing(node, reporting.Period.parse("2024", "2025"), contact) as opened:
    name = reporting.draft_report(form="poa", edition="", drawing=opened, actor=contact, **stores)
reporting.sign_off_report(report=name, actor=approver, **stores)
reporting.submit_report(report=name, actor=contact, **stores)
reporting.propose_report_publication(report=name, actor=contact, **stores)
reporting.publish_report(report=name, actor=approver, **stores)
sort, voice = participation.ContributionSort.COMMENT, participation.Voice.YOUTH
draft = participation.ContributionDraft(sort, voice, "Well done.", agreed=True)
print(participation.receive_contribution(about=name, draft=draft, **stores).name)
"""
BEFORE = {
    "consultation list": CONSULTED,
    "consultation show": CONSULTED,
    "tips read": KEYED,
    "campaign list": CAMPAIGN,
    "campaign show": CAMPAIGN,
    "party remove": LISTED,
    "contribution list": CONTRIBUTED,
    "contribution show": CONTRIBUTED,
    "count": """
from pathlib import Path
from tracemark import stockpiles
from tracemark.kernel import Actor
from tracemark.node import open_node
node = open_node()
by = {"actor": Actor("keeper", "XT-REG", frozenset({"storekeeper"})), "stores": node.stores, "clock": node.clock}
site = stockpiles.list_site(site=stockpiles.SiteTold("Amberly", keeper="keeper"), **by)
print(stockpiles.open_count(site=site, reason="", due="", **by))
Path("seen.txt").write_text("")
""",
    "receive": """
from pathlib import Path
from tracemark.node import open_node
Path(open_node().key.name.replace("/", "_")).mkdir()
""",
    "peer add": """
from dataclasses import replace
from pathlib import Path
from tracemark.exchange import FileSigner, sign_card
from tracemark.node import open_node, own_card
other = FileSigner.fleeting("xb/tracemark/record")
card = replace(own_card(open_node()), name=other.name, signing_key=other.public_key)
print(Path("theirs.card").write_text(sign_card(card, other)) and "theirs.card")
""",
}
"""What has to be there before a command has something to print; what it prints is an argument of the command."""


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    return pages()


def lacking(names: list[str], text: str) -> list[str]:
    """Return the names that a page does not give as they are typed."""
    return [name for name in names if f"`{name}`" not in text]


def test_reference_pages_are_what_the_code_says(written: dict[str, str]) -> None:
    stale = [name for name, text in written.items() if (FOLDER / name).read_text("utf-8") != text]
    assert stale == [], "run `make docs`"
    assert {path.name for path in FOLDER.glob("*.md")} == set(written)


def test_what_damage_costs_is_what_was_measured_last() -> None:
    texts = parted()
    assert [page.name for page, text in texts.items() if page.read_text("utf-8") != text] == [], "run `make docs`"
    assert all("| two places swapped |" in text for text in texts.values())


def test_every_command_and_option_is_documented(written: dict[str, str]) -> None:
    for name, command in commands():
        section = written["cli.md"].partition(f"## {name}\n")[2].partition("\n## ")[0]
        options = [option for each in command.params if each.param_type_name == "option" for option in each.opts]
        assert lacking(options, section) == [], name
        assert command.help, name


def test_every_setting_is_documented_and_every_documented_setting_is_read(written: dict[str, str]) -> None:
    assert told_names() == read_names()
    assert lacking(sorted(told_names()), written["settings.md"]) == []


def test_every_kind_of_event_is_documented(written: dict[str, str]) -> None:
    assert [kind for kind in EventKind if f"\n## {kind.value}\n" not in written["events.md"]] == []
    assert lacking([status.value for status in Status], written["events.md"]) == []


def test_every_role_and_permission_is_documented(written: dict[str, str]) -> None:
    assert lacking([each.value for each in (*Role, *Permission)], written["permissions.md"]) == []


def test_every_rule_is_documented(written: dict[str, str]) -> None:
    codes = [rule.code for rule in rules().values()]
    codes += [each.code for profile in marking.shipped_profiles().values() for each in profile.requirements]
    codes += list(intake.severities())
    assert lacking(codes, written["rules.md"]) == []


def test_every_finding_that_has_a_sentence_is_documented(written: dict[str, str]) -> None:
    refusals = [code for code, _ in wording.sentence_codes() if code.startswith("exchange.")]
    assert lacking(refusals, written["rules.md"]) == []


def test_every_paragraph_is_documented(written: dict[str, str]) -> None:
    cited = instruments.shipped().versions
    assert [str(each) for each in cited if f"</a>{each} |" not in written["paragraphs.md"]] == []


def test_every_operation_of_the_api_is_documented(written: dict[str, str]) -> None:
    named = [f"\n## {method.upper()} {path}\n" for path, method, _ in operations()]
    assert named != []
    assert [name for name in named if name not in written["api.md"]] == []


def test_every_field_of_an_import_profile_is_documented() -> None:
    """Those documented are known, and those the shipped profiles use are documented."""
    told = TOLD["import"]
    shipped = [tomllib.loads((PROFILES / f"{name}.toml").read_text("utf-8")) for name in intake.shipped_profiles()]
    assert {table for profile in shipped for table in profile} == set(told["tables"])
    assert {field for profile in shipped for field in profile.get("file", ())} <= set(told["file"])
    assert {field for profile in shipped for event in profile.get("event", ()) for field in event} <= set(told["event"])
    every = "".join(f"{field} = {VALUES.get(field, DEFAULT)}\n" for field in told["file"])
    holder = ", ".join(f"{field} = {HOLDER_VALUES[field]}" for field in told["holder"])
    event = 'kind = "seized"\n' + "".join(f"{field} = {DEFAULT}\n" for field in told["event"] if field not in APART)
    event += f'custodian = {{ column = "custodian", {holder} }}\n'
    value = "".join(f"{field} = {VALUES.get(field, DEFAULT)}, " for field in told["value"]).rstrip(", ")
    intake.read_profile(f"[file]\n{every}\n[weapon]\nmaker = {{ {value} }}\n[[event]]\n{event}", file="every.toml")


def test_every_field_of_a_national_profile_is_documented() -> None:
    """A field nobody knows is refused with all that are known."""
    with pytest.raises(ProfileUnreadable) as refused:
        marking.profile_of("[[requirement]]\nnobody_knows = 1", "test")
    known = refused.value.findings[0].facts["known"]
    assert sorted(TOLD["national"]["requirement"]) == known
    assert set(TOLD["national"]["criteria"]) == {each.value for each in Criterion}


@pytest.mark.usefixtures("node")
@pytest.mark.parametrize("name", sorted(SHAPES))
def test_json_has_the_shape_that_scripts_rely_on(name: str) -> None:
    """The names at the top are those documented, in their order."""
    run(Example("tracemark account add clerk --agency XT-REG --role auditor", 0, None))
    before = run(Example(BEFORE.get(name, ""), 0, None, is_python=True)).output.strip()
    ended = run(Example(f"tracemark {name} {ARGUMENTS.get(name, '').format(before)} --json", 0, None))
    shape = SHAPES[name].strip()[1:-1]
    while (less := re.sub(r"[\[{][^][{}]*[]}]", "", shape)) != shape:
        shape = less
    assert list(json.loads(ended.output)) == re.findall(r'"(\w+)"', shape)
