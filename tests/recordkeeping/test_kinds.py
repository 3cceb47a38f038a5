from tracemark import instruments
from tracemark.authorities import Permission
from tracemark.recordkeeping import EventKind, Status, event_kinds


def test_the_list_and_the_terms_are_one() -> None:
    assert list(event_kinds()) == list(EventKind)


def test_every_kind_cites_a_paragraph_and_names_a_permission() -> None:
    for terms in event_kinds().values():
        assert instruments.paragraph(terms.source).citation == terms.source
        assert Permission(terms.permission) == terms.permission


def test_a_kind_is_either_about_one_weapon_or_about_none() -> None:
    of_none = {kind.value for kind, terms in event_kinds().items() if terms.concerns_no_weapon}
    node_wide = of_none - {kind.value for kind, terms in event_kinds().items() if terms.dossier}
    assert node_wide == {
        "numbers_allocated",
        "numbers_used",
        "numbers_closed",
        "records_taken_over",
        "key_changed",
        "personal_data_erased",
        "weights_adopted",
        "tag_key_opened",
        "tips_counted",
    }


def test_only_these_kinds_can_begin_a_weapons_record() -> None:
    first = {kind.value for kind, terms in event_kinds().items() if terms.first and not terms.dossier}
    assert first == {"manufactured", "imported", "registered", "seized", "found", "surrendered"}
    assert {kind.value for kind, terms in event_kinds().items() if Status.UNRECORDED in terms.after} == first


def test_every_status_but_the_last_ones_can_be_left() -> None:
    left = {status for terms in event_kinds().values() for status in terms.after}
    assert set(Status) - left == {Status.IDENTIFIED}


def test_iti_12_only_what_makes_a_weapon_is_a_manufacturing_record() -> None:
    kinds = {kind for kind, terms in event_kinds().items() if terms.retention == "manufacture"}
    assert kinds == {
        EventKind.MANUFACTURED, EventKind.CONVERTED, EventKind.REACTIVATED, EventKind.NUMBERS_ALLOCATED,
        EventKind.NUMBERS_USED, EventKind.NUMBERS_CLOSED,
    }  # fmt: skip
