"""Letters on a stick: they arrive once, and their receipts come back on it."""

from pathlib import Path

from tests.node.two_nodes import note, pair, post, said
from tracemark.correspondence import Message, PostState
from tracemark.node import take_letters, write_letters


def files(folder: Path) -> list[str]:
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())


def test_letters_go_there_and_receipts_come_back(tmp_path: Path) -> None:
    two = pair()
    ids = sorted(post(two.ours, note(two.theirs, text)) for text in ("one", "two"))
    written, failed = write_letters(two.ours, tmp_path)
    assert (len(written), failed) == (2, {})
    assert files(tmp_path) == [f"xb_tracemark_record/{each}.letter" for each in ids]
    taken = take_letters(two.theirs, tmp_path)
    assert (sorted(taken.received), taken.refused, sorted(said(two.theirs))) == (ids, {}, ["one", "two"])
    assert files(tmp_path) == [f"xa_tracemark_record/{each}.receipt" for each in ids]
    assert sorted(take_letters(two.ours, tmp_path).acknowledged) == ids
    assert [each.state for each in two.ours.stores.outbox.page()] == [PostState.DELIVERED] * 2
    assert files(tmp_path) == []


def test_a_stick_carried_twice_or_weeks_later_makes_nothing_twice(tmp_path: Path) -> None:
    two = pair()
    post(two.ours, note(two.theirs))
    for _ in range(2):
        write_letters(two.ours, tmp_path)
        two.move(days=20)
        take_letters(two.theirs, tmp_path)
    assert (said(two.theirs), len(take_letters(two.ours, tmp_path).acknowledged)) == (["hello"], 1)


def test_what_was_changed_on_the_stick_is_named_and_left_there(tmp_path: Path) -> None:
    two = pair()
    post_id = post(two.ours, note(two.theirs))
    [letter], _ = write_letters(two.ours, tmp_path)
    letter.write_bytes(letter.read_bytes()[:-5])
    (letter.parent / "elsewhere.letter").symlink_to("/etc/passwd")
    taken = take_letters(two.theirs, tmp_path)
    assert {name: each.findings[0].code for name, each in taken.refused.items()} == {
        f"{post_id}.letter": "correspondence.envelope_damaged",
        "elsewhere.letter": "correspondence.envelope_damaged",
    }
    assert (taken.received, letter.exists()) == ([], True)


def test_a_receipt_that_somebody_made_up_acknowledges_nothing(tmp_path: Path) -> None:
    two = pair()
    post_id = post(two.ours, note(two.theirs))
    own = tmp_path / "xa_tracemark_record"
    own.mkdir()
    (own / f"{post_id}.receipt").write_text("a.b.c")
    taken = take_letters(two.ours, tmp_path)
    assert [each.findings[0].code for each in taken.refused.values()] == ["correspondence.receipt_wrong"]
    assert two.ours.stores.outbox.posted(post_id).state is PostState.WAITING


def test_a_letter_that_is_refused_goes_back_as_a_refusal(tmp_path: Path) -> None:
    two = pair()
    post_id = post(two.ours, Message(two.theirs.key.name, "vendor.other/1", {}))
    write_letters(two.ours, tmp_path)
    assert list(take_letters(two.theirs, tmp_path).refused) == [f"{post_id}.letter"]
    assert files(tmp_path) == [f"xa_tracemark_record/{post_id}.refusal"]
    turned_down = take_letters(two.ours, tmp_path).turned_down
    posted = two.ours.stores.outbox.posted(post_id)
    assert (files(tmp_path), posted.state, turned_down) == ([], PostState.REFUSED, {post_id: posted.trouble})
    assert posted.trouble
