"""The fictional State states numbers of people and reports on them; it has targets of every outlook, and a campaign."""

from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tracemark import assistance, demo, reporting, targets
from tracemark.authorities import Role
from tracemark.demo import Paper
from tracemark.kernel import Actor
from tracemark.node import drawing, open_node
from tracemark.reporting import Origin, Period, redrawn, statistics

CONTACT = Actor("contact", "XT-REG", frozenset({Role.POINT_OF_CONTACT.value}))


@pytest.mark.usefixtures("demo_url")
def test_the_state_has_numbers_reports_targets_and_plans(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        node = open_node(f"sqlite:///{tmp_path}/state.sqlite3")
        demo.build_state(node=node, weapons=300, seed=7, paper=Paper(0, 0, measured=True))
        by = {"actor": CONTACT, "stores": node.stores}
        stated = reporting.statement_list(**by)  # type: ignore[arg-type]
        assert {each.statement.series for each in stated} == set(statistics())
        assert [(each.statement.series, each.statement.year) for each in stated if each.withdrawn] == [
            ("people.delegates", 2018)
        ]
        assert [(each.statement.series, each.statement.year) for each in stated if len(each.versions) > 1] == [
            ("people.victims", 2023)
        ]
        assert [(each.statement.series, each.statement.year) for each in stated if each.waiting] == [
            ("people.trainees", 2023)
        ]
        assert [each.table.figure for each in reporting.published(node.stores)] == [
            "destructions.weapons", "recoveries.all",
        ]  # fmt: skip
        draft, submitted = reporting.report_list(**by)  # type: ignore[arg-type]
        assert [(each.edition, each.standing) for each in (draft, submitted)] == [
            ("2026", "drafted"), ("2020", "published"),
        ]  # fmt: skip
        assert submitted.frozen == submitted.sum()
        assert (len(draft.owners), len(draft.comments), draft.last_report) == (4, 3, submitted.name)
        carried = [each.question for each in draft.answers.values() if each.origin is Origin.CARRIED]
        assert ("brk.law" in carried, "trc.proc" in carried) == (True, False)
        size = int(draft.drawn["gen.victims"].head.partition(".")[0])
        with drawing(node, Period.parse("2024", "2025"), CONTACT, size=size) as opened:
            assert [each.question.id for each in redrawn(draft, opened) if not each.same] == []
        found = targets.target_list(**by, clock=node.clock)  # type: ignore[arg-type]
        assert [each.progress.outlook.value for each in found] == ["off_track", "uncertain", "on_track", "met"]
        kinds = sorted(each.frame.kind.value for each in targets.plan_list(**by))  # type: ignore[arg-type]
        assert kinds == ["salw", "wps"]
        [campaign] = assistance.campaign_list(**by, clock=node.clock)  # type: ignore[arg-type]
        assert [line.differs for line in campaign.outlook.lines] == [0, 0, 0, 0, 7]
        with drawing(node, Period.parse("2026", "2026"), CONTACT) as opened:
            destroyed = opened.draw("destructions.weapons").value
        assert campaign.outlook.lines[-1].shown == destroyed == 70
        auditor = Actor("auditor", "XT-REG", frozenset({Role.AUDITOR.value}))
        assert node.verify(auditor).ok
        node.stores.close()
