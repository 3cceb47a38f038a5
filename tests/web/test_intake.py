"""From a file that is handed in to weapons on record: trial, import, held rows and their judgement, refused rows."""

import csv
import io
import re
import threading
from dataclasses import replace

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.web.conftest import ClientAs
from tests.web.desk_work import FINGERPRINT, TABLE, hand_in, import_table, table_file
from tests.web.sample import Sample
from tracemark import intake
from tracemark.authorities import Role
from tracemark.intake import HeldState
from tracemark.kernel import Actor
from tracemark.node import Node
from tracemark.web import uploads
from tracemark.web.intake import IMPORTED_AT_ONCE_BYTES
from tracemark.web.uploads import Uploads

TRIAL = f"/intake/files/{FINGERPRINT}/registry/"
OWN_PROFILE = """
[profile]
name = "district"

[weapon]
kind = "what"
maker = "maker"

[[mark]]
kind = { constant = "manufacture" }
serial = "number"

[[event]]
kind = "registered"
happened = "day"
holder = "with"
"""


def tiles(html: str) -> list[str]:
    """Return the numbers of the four tiles: rows, imported, held, refused."""
    return re.findall(r'class="tile-number">([^<]*)<', html)


def test_the_whole_journey_of_a_file(client_as: ClientAs, node: Node, sample: Sample) -> None:
    officer = client_as("registry_officer")
    handed_in = officer.post(reverse("imports"), {"file": table_file(), "profile": "registry"})
    assert handed_in.headers["Location"] == TRIAL
    before = node.stores.records.size()
    tried = officer.get(TRIAL).content.decode()
    assert (tiles(tried), node.stores.records.size()) == (["6", "3", "2", "1"], before)
    committed = officer.post(TRIAL + "import/")
    assert committed.headers["Location"] == reverse("import_run", args=[1])
    assert tiles(officer.get(committed.headers["Location"]).content.decode()) == ["6", "3", "2", "1"]
    held = node.stores.intake.page(state=HeldState.HELD)
    assert [(row.row, row.against) for row in held] == [(3, (sample.shotgun,)), (4, (sample.revolver,))]
    judged = officer.post(reverse("held_row", args=[held[0].id]), {"judgement": f"W-{sample.shotgun}"})
    assert judged.headers["Location"] == reverse("held_row", args=[held[1].id])
    judged = officer.post(judged.headers["Location"], {"judgement": "different"})
    assert judged.headers["Location"] == reverse("held_rows")
    settled = [node.stores.intake.held(row.id) for row in held]
    assert [(row.state, row.judged_by) for row in settled] == [
        (HeldState.SAME, "registry_officer"),
        (HeldState.DIFFERENT, "registry_officer"),
    ]


def test_what_was_imported_is_not_kept_and_changes_nothing_again(client_as: ClientAs, node: Node) -> None:
    officer = client_as("registry_officer")
    for _ in range(2):
        officer.post(reverse("imports"), {"file": table_file(), "profile": "registry"})
        officer.post(TRIAL + "import/")
    with pytest.raises(FileNotFoundError):
        Uploads(node.folder / "uploads").find(FINGERPRINT)
    assert [run.counts["imported"] for run in node.stores.intake.runs()] == [3]


def test_a_trial_says_what_is_wrong_in_which_row(client_as: ClientAs, node: Node) -> None:
    hand_in(node)
    html = client_as("registry_officer").get(TRIAL).content.decode()
    rows = re.findall(
        r'<th scope="row" class="number" data-label="Row">(\d+)</th>\s*<td data-label="Field"><bdi>(\w+)', html
    )
    assert ("5", "registered_on") in rows
    assert ("6", "maker") in rows
    assert 'data-label="May have been meant"><bdi>Beretta</bdi>' in html
    assert "utf-8" in html
    assert "comma" in html


def test_a_licensing_officer_may_try_but_not_import(client_as: ClientAs, node: Node) -> None:
    hand_in(node)
    licensing = client_as("licensing_officer")
    tried = licensing.get(TRIAL)
    assert (tried.status_code, "/import/" in tried.content.decode()) == (200, False)
    assert licensing.post(TRIAL + "import/").status_code == 403


def test_a_profile_of_our_own_is_taken(client_as: ClientAs, node: Node) -> None:
    table = b"what,maker,number,day,with\npistol,Beretta,AB1234,2020,XT-D01\n"
    officer = client_as("registry_officer")
    handed_in = officer.post(
        reverse("imports"), {"file": table_file(table, "own.csv"), "profile": "own", "own_text": OWN_PROFILE}
    )
    assert tiles(officer.get(handed_in.headers["Location"]).content.decode()) == ["1", "1", "0", "0"]
    officer.post(handed_in.headers["Location"] + "import/")
    assert [(run.profile, run.table) for run in node.stores.intake.runs()] == [("district", "own.csv")]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"profile": "registry"}, "Choose a file."),
        ({"file": SimpleUploadedFile("none.csv", b""), "profile": "registry"}, "The file is empty"),
        ({"file": table_file(), "profile": "own"}, "Hand in the profile"),
        ({"file": table_file(), "profile": "own", "own_text": "weapon = ["}, "profile"),
        (
            {"file": table_file(), "profile": "own", "own_file": SimpleUploadedFile("p.toml", b"\xff\xfe\x00")},
            "profile",
        ),
        ({"file": table_file(), "profile": "nosuch"}, "profile"),
    ],
)
def test_what_cannot_be_handed_in_is_said(given: dict[str, object], said: str, client_as: ClientAs, node: Node) -> None:
    response = client_as("registry_officer").post(reverse("imports"), given)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not (node.folder / "uploads").exists()


def test_a_file_that_is_too_large_is_refused(client_as: ClientAs, node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracemark.web.forms.intake.LARGEST_BYTES", 100)
    response = client_as("registry_officer").post(reverse("imports"), {"file": table_file(), "profile": "registry"})
    assert (response.status_code, "is the most" in response.content.decode()) == (422, True)


def test_a_file_that_is_no_table_says_so_on_its_page(client_as: ClientAs, node: Node) -> None:
    broken = SimpleUploadedFile("book.xlsx", b"PK\x03\x04 no spreadsheet")
    officer = client_as("registry_officer")
    handed_in = officer.post(reverse("imports"), {"file": broken, "profile": "registry"})
    shown = officer.get(handed_in.headers["Location"])
    assert (shown.status_code, "book.xlsx" in shown.content.decode()) == (422, True)


def test_a_table_of_another_kind_says_which_columns_it_lacks(client_as: ClientAs, node: Node) -> None:
    officer = client_as("registry_officer")
    handed_in = officer.post(reverse("imports"), {"file": table_file(b"a,b\n1,2\n"), "profile": "registry"})
    shown = officer.get(handed_in.headers["Location"])
    assert (shown.status_code, "holder" in shown.content.decode()) == (422, True)


def test_the_sheet_and_the_heading_that_are_named_are_read(client_as: ClientAs, node: Node) -> None:
    officer, book, content = client_as("registry_officer"), openpyxl.Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    for title in ("old", "new"):
        sheet = book.create_sheet(title)
        sheet.append(["Weapons of the depot"])
        for row in csv.reader(TABLE.decode().splitlines()):
            sheet.append(row)
    book.save(content)
    asked = {"profile": "registry"}
    shown = []
    for place in ({}, {"sheet": "new", "heading_row": 2}, {"sheet": "new", "heading_row": 1}, {"heading_row": 0}):
        given = {**asked, **place, "file": SimpleUploadedFile("book.xlsx", content.getvalue())}
        answer = officer.post(reverse("imports"), given)
        shown.append(officer.get(answer.headers["Location"]) if answer.status_code == 302 else answer)
    assert [each.status_code for each in shown] == [422, 200, 422, 422]
    assert tiles(shown[1].content.decode()) == ["6", "3", "2", "1"]
    assert "“Sheet” where the file is handed in" in shown[0].content.decode()


def test_names_of_files_never_leave_their_folder(node: Node) -> None:
    kept = Uploads(node.folder / "uploads").keep(table_file(TABLE, "../../etc/.passwd\n<b>.csv"))
    assert (kept.path.parent, kept.name) == (node.folder / "uploads" / FINGERPRINT / "table", "passwd__b_.csv")


@pytest.mark.parametrize("profile", ["own-000000000000", "..", "registry.toml"])
def test_a_profile_that_was_not_handed_in_is_not_found(profile: str, client_as: ClientAs, node: Node) -> None:
    hand_in(node)
    assert client_as("registry_officer").get(f"/intake/files/{FINGERPRINT}/{profile}/").status_code == 404


def test_refused_rows_come_as_csv_that_no_spreadsheet_runs(client_as: ClientAs, node: Node) -> None:
    import_table(node)
    answer = client_as("registry_officer").get(reverse("refused_rows", args=[1]))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row[0], row[2], row[3], row[4]) for row in rows[1:]] == [
        ("5", "registered_on", "2019-13-40", "intake.no_such_date")
    ]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="district-refused.csv"'


def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(client_as: ClientAs, node: Node) -> None:
    officer = client_as("registry_officer")
    table = b"registry_number,serial,holder,registered_on\n+1+1,AB12345,XT-D01,@CMD()\n"
    handed_in = officer.post(reverse("imports"), {"file": table_file(table), "profile": "registry"})
    officer.post(handed_in.headers["Location"] + "import/")
    answer = officer.get(reverse("refused_rows", args=[1])).content.decode("utf-8-sig")
    assert [row[1:4] for row in csv.reader(io.StringIO(answer))][1] == ["'+1+1", "registered_on", "'@CMD()"]


def test_a_held_row_lies_beside_the_weapon_it_may_be(client_as: ClientAs, node: Node, sample: Sample) -> None:
    import_table(node)
    row = node.stores.intake.page(state=HeldState.HELD)[1]
    html = client_as("tracing_analyst").get(reverse("held_row", args=[row.id])).content.decode()
    serials = re.search(r"Numbers</th>(.*?)</tr>", html, re.DOTALL)
    assert serials is not None
    assert re.findall(r'class="mark">([^<]+)<', serials[1]) == ["CAK471I", "CAK4711"]
    assert 'class="differs"' in serials[1]
    assert re.findall(r'type="radio" name="judgement" value="([^"]+)"', html) == [f"W-{sample.revolver}", "different"]


def test_a_judgement_must_name_a_weapon_it_is_held_against(client_as: ClientAs, node: Node, sample: Sample) -> None:
    import_table(node)
    row = node.stores.intake.page(state=HeldState.HELD)[0]
    officer = client_as("registry_officer")
    for judgement in ("", f"W-{sample.pistol}"):
        assert officer.post(reverse("held_row", args=[row.id]), {"judgement": judgement}).status_code == 422
    assert node.stores.intake.held(row.id).state is HeldState.HELD


def test_a_row_is_judged_once(client_as: ClientAs, node: Node) -> None:
    import_table(node)
    row = node.stores.intake.page(state=HeldState.HELD)[0]
    officer = client_as("registry_officer")
    answers = [
        officer.post(reverse("held_row", args=[row.id]), {"judgement": "different"}).status_code for _ in range(2)
    ]
    assert answers == [302, 422]


def test_a_held_rows_person_is_shown_to_a_purpose_and_erased_by_two(client_as: ClientAs, node: Node) -> None:
    officer, table = client_as("registry_officer"), TABLE.replace(b"CAK471I,XT-D01", b"CAK471I,Nobody Atall")
    handed_in = officer.post(reverse("imports"), {"file": table_file(table), "profile": "registry"}).headers["Location"]
    assert "Nobody" not in officer.get(handed_in).content.decode()
    officer.post(handed_in + "import/")
    held = {each.row: each for each in node.stores.intake.page(state=HeldState.HELD)}[4]
    row = reverse("held_row", args=[held.id])
    [person] = re.findall(rf'href="({row}person/[0-9a-f]{{64}}/)"', officer.get(row).content.decode())
    assert "Nobody" not in officer.get(row).content.decode() + officer.get(person).content.decode()
    assert officer.post(person, {"purpose": "no"}).status_code == 422
    shown = officer.post(person, {"purpose": "who brought it to the shop"}).content.decode()
    assert ("Nobody Atall" in shown, person + "erase/" in shown) == (True, True)
    assert [each["purpose"] for each in node.stores.reads.newest(1)] == ["who brought it to the shop"]
    assert officer.post(person + "erase/", {"legal_basis": " "}).status_code == 422
    proposal = officer.post(person + "erase/", {"legal_basis": "Data Act, section 9"}).headers["Location"]
    client_as("approver").post(proposal, {"approve": ""})
    assert officer.post(person, {"purpose": "who brought it to the shop"}).status_code == 404


def test_a_second_delivery_says_how_many_rows_are_as_they_were(client_as: ClientAs, node: Node) -> None:
    import_table(node)
    officer = client_as("registry_officer")
    newer = TABLE.replace(b"2019-05-17,Amberly", b"2019-05-17,Eastfold").replace(b"2019-13-40", b"2019-12-30")
    trial = officer.post(reverse("imports"), {"file": table_file(newer), "profile": "registry"}).headers["Location"]
    html = officer.get(trial).content.decode()
    assert tiles(html) == ["6", "1", "1", "0", "4"]
    assert "place: Amberly → Eastfold" in html


def test_held_rows_are_listed(client_as: ClientAs, node: Node) -> None:
    import_table(node)
    html = client_as("tracing_analyst").get(reverse("held_rows") + "?run=1").content.decode()
    assert re.findall(r"/intake/held/(\d+)/", html) == [
        str(row.id) for row in node.stores.intake.page(state=HeldState.HELD)
    ]


def test_a_large_file_is_imported_in_the_background(client_as: ClientAs, node: Node) -> None:
    head, row = TABLE.split(b"\n")[0], b"R-%d,pistol,Beretta,92,9x19,IT,2011,BX%07dQ,XT-D01,2019-05-17,%s\n"
    count = 3000
    table = head + b"\n" + b"".join(row % (number, number * 7919, b"A" * 400) for number in range(count))
    assert len(table) > IMPORTED_AT_ONCE_BYTES
    officer = client_as("registry_officer")
    handed_in = officer.post(reverse("imports"), {"file": table_file(table, "large.csv"), "profile": "registry"})
    begun = officer.post(handed_in.headers["Location"] + "import/")
    for thread in threading.enumerate():
        if thread.name.startswith("import of"):
            thread.join()
    run = node.stores.intake.run(1)
    assert begun.status_code == 302
    assert (run.rows, bool(run.finished_at), run.counts["imported"]) == (count, True, count)


def test_an_interrupted_import_goes_on(client_as: ClientAs, node: Node) -> None:
    upload = Uploads(node.folder / "uploads").find(hand_in(node))
    ready = replace(node.intake_of(upload.path, "registry"), batch_rows=1)

    class Interrupted(Exception):
        pass

    def stop(done: int, total: int | None) -> None:
        if done == 2:
            raise Interrupted

    officer = Actor("registry_officer", "XT-REG", frozenset({Role.REGISTRY_OFFICER}))
    with pytest.raises(Interrupted):
        intake.import_table(intake=ready, actor=officer, stores=node.stores, clock=node.clock, progress=stop)
    client = client_as("registry_officer")
    html = client.get(reverse("import_run", args=[1])).content.decode()
    assert f'action="{TRIAL}import/"' in html
    client.post(TRIAL + "import/")
    run = node.stores.intake.run(1)
    assert (run.rows, bool(run.finished_at), run.counts["imported"]) == (6, True, 3)


def test_an_import_that_goes_on_is_said(client_as: ClientAs, node: Node) -> None:
    upload = Uploads(node.folder / "uploads").find(hand_in(node))
    client = client_as("registry_officer")
    with upload.held() as free:
        html = client.get(TRIAL).content.decode()
        assert (free, "is being imported at this moment" in html) == (True, True)
        assert client.post(TRIAL + "import/").headers["Location"] == TRIAL
    assert node.stores.intake.runs() == []


def test_old_uploads_are_forgotten(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Uploads(node.folder / "uploads")
    kept.keep(table_file())
    monkeypatch.setattr(uploads, "_KEPT_SECONDS", -1)
    kept.keep(table_file(b"another,table\n1,2\n"))
    with pytest.raises(FileNotFoundError):
        kept.find(FINGERPRINT)


def test_what_a_judgement_adds_is_said_before_and_the_row_is_seen_on_the_weapon_after(
    client_as: ClientAs, node: Node, sample: Sample
) -> None:
    import_table(node)
    row = node.stores.intake.page(state=HeldState.HELD)[0]
    officer, address = client_as("registry_officer"), reverse("held_row", args=[row.id])
    html = officer.get(address).content.decode()
    assert f"W-{sample.shotgun}: the same weapon; its record tells all of it already" in html
    before = node.stores.records.size()
    told = officer.post(address, {"judgement": f"W-{sample.shotgun}"}, follow=True).content.decode()
    assert ("Events added to its record: 0." in told, node.stores.records.size()) == (True, before)
    for role, links in (("registry_officer", True), ("auditor", False)):
        weapon = client_as(role).get(reverse("weapon", args=[sample.shotgun])).content.decode()
        assert ("registry_officer found it to be" in weapon, f'href="{address}"' in weapon) == (True, links)
