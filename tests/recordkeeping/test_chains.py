from tests.recordkeeping.lives import WEAPON, event, imported, sealed
from tracemark.recordkeeping import Custody, custody, steps


def of(*events: object) -> Custody:
    return custody(steps(WEAPON, sealed(events)))  # type: ignore[arg-type]


def test_sdg_16_4_2_the_last_lawful_holder_and_the_point_of_diversion() -> None:
    found = of(
        imported(),
        event("transferred", "2010-03-01", holder="XT-DEALER"),
        event("stolen", "2012-02-03"),
        event("seized", "2013-03-01", place="Border"),
    )
    assert found.holder == "XT-DEALER"
    assert found.diverted is not None
    assert (str(found.left_on), found.diverted.sealed.event.kind.value, found.stage) == (
        "2012-02-03", "stolen", "stockpile",
    )  # fmt: skip
    assert found.days_to_recovery == (1096, 1096)


def test_iti_5_time_to_recovery_is_an_interval_where_a_date_is_partial() -> None:
    found = of(imported(), event("transferred", "2010", holder="B"), event("found", "2012-01-01", place="Field"))
    assert found.days_to_recovery == (366, 730)
    assert (found.diverted, found.stage) == (None, "unknown")


def test_a_weapon_given_back_and_diverted_again_is_read_from_its_last_loss() -> None:
    found = of(
        imported(),
        event("stolen", "2005-01-01"),
        event("released", "2006-01-01", holder="XT-ARMY"),
        event("lost", "2008-01-01"),
        event("found", "2009-01-01", place="Field"),
    )
    assert (found.holder, str(found.left_on)) == ("XT-ARMY", "2008-01-01")


def test_a_weapon_seized_while_the_record_says_held_has_no_known_diversion() -> None:
    found = of(imported(), event("seized", "2009-01-01", place="Field"))
    assert (found.holder, found.diverted, found.stage) == ("XT-ARMY", None, "unknown")


def test_a_weapon_the_record_did_not_know_has_no_lawful_holder() -> None:
    found = of(event("seized", "2009-01-01", place="Field"))
    assert (found.last_lawful, found.holder, found.days_to_recovery) == (None, "", None)


def test_bms7_div_1_the_stage_is_that_of_the_moment_the_weapon_was_lost() -> None:
    shipped = of(imported(), event("shipped", "2010", holder="XT-ARMY-2"), event("lost", "2011"))
    owned = of(imported(), event("transferred", "2010", holder="person:ab"), event("stolen", "2011"))
    evidence = of(imported(), event("seized", "2010", place="Border"), event("stolen", "2011"))
    assert [shipped.stage, owned.stage, evidence.stage] == ["transfer", "possession", "custody"]


def test_iti_5_a_stock_count_is_the_last_lawful_event_and_time_runs_from_it() -> None:
    found = of(
        imported("2006-07-25"),
        event("issued", "2008-07-01", to="XT-ARMY/unit-2"),
        event("returned", "2008-12-18"),
        event("counted", "2011-01-28", place="Depot"),
        event("stolen", "2012-10-05"),
        event("seized", "2026-10-01", place="Border", custodian="XT-POL"),
    )
    assert found.last_lawful is not None
    assert (str(found.last_lawful.sealed.event.happened), found.holder) == ("2011-01-28", "XT-ARMY")
    assert found.days_to_recovery == (5725, 5725)


def test_what_is_done_to_a_weapon_in_custody_shows_it_in_nobody_s_lawful_hands() -> None:
    found = of(
        imported(),
        event("seized", "2010-01-01", place="Border"),
        event("stored", "2011-01-01", place="Evidence room"),
        event("stolen", "2012-01-01"),
        event("found", "2013-01-01", place="Field"),
    )
    assert found.last_lawful is not None
    assert str(found.last_lawful.sealed.event.happened) == "2001-05-04"
