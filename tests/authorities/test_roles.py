"""The whole matrix stands here once more, so that no change of it goes unseen."""

import tomllib
from importlib.resources import files

import pytest

from tracemark import instruments
from tracemark.authorities import Effect, Permission, Reach, Role, permission_terms, permissions_of, role_terms
from tracemark.kernel import Actor

COLUMNS = (
    Role.REGISTRY_OFFICER,
    Role.TRACING_ANALYST,
    Role.LICENSING_OFFICER,
    Role.STOREKEEPER,
    Role.POINT_OF_CONTACT,
    Role.APPROVER,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)

MATRIX = """
                        reg trc lic sto poc app aud adm
record.read              x   x   x   x   x   x   x   .
record.write             x   .   x   .   .   .   .   .
record.stock             x   .   .   x   .   .   .   .
investigation.open       x   x   .   x   .   .   .   .
record.correct_propose   x   x   x   x   .   .   .   .
record.correct_approve   .   .   .   .   .   x   .   .
record.verify            x   x   .   .   x   x   x   x
record.export            x   x   .   .   x   .   x   .
destruction.approve      .   .   .   .   .   x   .   .
destruction.witness      x   .   .   x   .   x   .   .
import.dry_run           x   .   x   .   .   .   .   .
import.commit            x   .   .   .   .   .   .   .
duplicates.judge         x   x   .   .   .   .   .   .
marking.plan             x   .   .   x   .   .   .   .
marking.number           x   .   .   .   .   .   .   .
recovery.write           x   x   .   .   .   .   .   .
trace.read               x   x   .   .   x   x   x   .
trace.search             x   x   .   .   x   .   .   .
trace.judge              .   x   .   .   .   .   .   .
trace.case               .   x   .   .   x   .   .   .
trace.report             .   x   .   .   x   .   .   .
signal.read              x   x   .   .   x   x   x   .
signal.judge             .   x   .   .   .   .   .   .
signal.confirm           .   .   .   .   .   x   .   .
signal.share             .   .   .   .   x   .   .   .
weights.propose          .   x   .   .   .   .   .   .
weights.adopt            .   .   .   .   .   x   .   .
person.read              x   x   x   x   x   .   .   .
person.write             x   x   x   x   .   .   .   .
person.share             .   .   .   .   x   .   .   .
person.erase_propose     x   .   .   .   .   .   .   .
person.erase_approve     .   .   .   .   .   x   .   .
audit.read               .   .   .   .   .   .   x   .
retention.read           x   .   x   .   .   x   x   .
reference.write          x   .   .   .   .   .   .   .
agencies.manage          .   .   .   .   .   .   .   x
users.manage             .   .   .   .   .   .   .   x
settings.manage          .   .   .   .   .   .   .   x
licence.read             x   x   x   x   x   x   x   .
licence.write            .   .   x   .   .   .   .   .
licence.decide           .   .   .   .   .   x   .   .
certificate.sign         .   .   .   .   .   x   .   .
consignment.write        x   .   x   x   .   .   .   .
screening.write          .   .   x   .   .   x   .   .
figure.read              x   x   .   .   x   x   x   .
figure.publish           .   .   .   .   .   x   .   .
statistics.write         .   .   .   .   x   .   .   .
statistics.approve       .   .   .   .   .   x   .   .
report.read              x   x   x   x   x   x   x   .
report.write             x   x   x   .   x   .   .   .
report.approve           .   .   .   .   .   x   .   .
target.read              x   x   x   x   x   x   x   .
target.write             .   .   .   .   x   .   .   .
contribution.read        x   .   .   .   x   .   .   .
contribution.judge       .   .   .   .   x   .   .   .
witness.read             x   x   .   .   x   x   x   x
witness.write            x   .   .   .   x   .   .   .
peer.read                x   x   .   .   x   x   x   .
peer.write               .   .   .   .   x   .   .   .
peer.approve             .   .   .   .   .   x   .   .
trace.ask                .   x   .   .   x   .   .   .
trace.reply              .   x   .   .   x   .   .   .
practice.read            x   x   x   x   x   x   x   .
practice.write           .   .   .   .   x   .   .   .
practice.approve         .   .   .   .   .   x   .   .
review.read              x   x   x   x   x   x   x   .
review.write             .   .   .   .   x   .   .   .
fellowship.read          x   x   x   x   x   x   x   .
fellowship.write         .   .   .   .   x   .   .   .
fellowship.approve       .   .   .   .   .   x   .   .
assistance.read          x   x   x   x   x   x   x   .
assistance.write         .   .   .   .   x   .   .   .
assistance.approve       .   .   .   .   .   x   .   .
consultation.read        x   x   x   x   x   x   x   .
consultation.write       .   .   .   .   x   .   .   .
tip.read                 .   .   .   .   x   .   .   .
"""

EXPECTED = {code: dict(zip(COLUMNS, cells, strict=True)) for code, *cells in map(str.split, MATRIX.split("\n")[2:-1])}


def test_the_matrix_here_is_whole() -> None:
    assert list(EXPECTED) == list(Permission)
    assert list(COLUMNS) == list(Role)


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_every_role_and_every_permission(role: Role, permission: Permission) -> None:
    assert (permission in permissions_of({role})) is (EXPECTED[permission][role] == "x")


def test_the_shipped_matrix_knows_these_roles_and_permissions_and_no_others() -> None:
    shipped = tomllib.loads((files("tracemark.authorities") / "matrix.toml").read_text("utf-8"))
    assert sorted(shipped["role"]) == sorted(Role)
    assert sorted(shipped["permission"]) == sorted(Permission)


def test_every_permission_cites_a_paragraph_we_hold_and_has_a_sentence_of_its_own() -> None:
    terms = permission_terms().values()
    assert [instruments.paragraph(each.source).citation for each in terms] == [each.source for each in terms]
    sentences = [each.sentence for each in terms] + [each.sentence for each in role_terms().values()]
    assert len(set(sentences)) == len(Permission) + len(Role)
    assert {sentence.split(".")[0] for sentence in sentences} == {"authorities"}


def test_roles_see_the_node_their_agency_or_nothing() -> None:
    assert {role: terms.reach for role, terms in role_terms().items()} == {
        Role.REGISTRY_OFFICER: Reach.NODE,
        Role.TRACING_ANALYST: Reach.NODE,
        Role.LICENSING_OFFICER: Reach.AGENCY,
        Role.STOREKEEPER: Reach.AGENCY,
        Role.POINT_OF_CONTACT: Reach.NODE,
        Role.APPROVER: Reach.NODE,
        Role.AUDITOR: Reach.NODE,
        Role.ADMINISTRATOR: Reach.NONE,
    }


def effects(*roles: Role) -> set[Effect]:
    actor = Actor("someone", "registry", frozenset(roles))
    return {permission_terms()[permission].effect for permission in permissions_of(actor.roles)}


@pytest.mark.parametrize("other", Role)
def test_the_administrator_never_writes_the_record_nor_reads_persons_whatever_else_they_are(other: Role) -> None:
    assert effects(Role.ADMINISTRATOR, other) - {Effect.READS, Effect.MANAGES} == set()


@pytest.mark.parametrize("other", Role)
def test_the_auditor_never_writes_whatever_else_they_are(other: Role) -> None:
    assert effects(Role.AUDITOR, other) - {Effect.READS, Effect.READS_PERSONS} == set()
    assert effects(Role.AUDITOR) == {Effect.READS}


def test_what_changes_the_record_or_what_lies_beside_it_writes() -> None:
    """The two tests above stand or fall with the effects, so these are a table too."""
    assert {each for each, terms in permission_terms().items() if terms.effect is Effect.WRITES} == {
        Permission.RECORD_WRITE,
        Permission.RECORD_STOCK,
        Permission.INVESTIGATION_OPEN,
        Permission.DESTRUCTION_APPROVE,
        Permission.DESTRUCTION_WITNESS,
        Permission.RECORD_CORRECT_PROPOSE,
        Permission.RECORD_CORRECT_APPROVE,
        Permission.IMPORT_COMMIT,
        Permission.DUPLICATES_JUDGE,
        Permission.MARKING_PLAN,
        Permission.MARKING_NUMBER,
        Permission.RECOVERY_WRITE,
        Permission.TRACE_JUDGE,
        Permission.TRACE_CASE,
        Permission.SIGNAL_JUDGE,
        Permission.SIGNAL_CONFIRM,
        Permission.SIGNAL_SHARE,
        Permission.WEIGHTS_PROPOSE,
        Permission.WEIGHTS_ADOPT,
        Permission.PERSON_WRITE,
        Permission.PERSON_ERASE_PROPOSE,
        Permission.PERSON_ERASE_APPROVE,
        Permission.LICENCE_WRITE,
        Permission.LICENCE_DECIDE,
        Permission.CERTIFICATE_SIGN,
        Permission.CONSIGNMENT_WRITE,
        Permission.SCREENING_WRITE,
        Permission.FIGURE_PUBLISH,
        Permission.STATISTICS_WRITE,
        Permission.STATISTICS_APPROVE,
        Permission.REPORT_WRITE,
        Permission.REPORT_APPROVE,
        Permission.TARGET_WRITE,
        Permission.CONTRIBUTION_JUDGE,
        Permission.WITNESS_WRITE,
        Permission.PEER_WRITE,
        Permission.PEER_APPROVE,
        Permission.TRACE_ASK,
        Permission.TRACE_REPLY,
        Permission.ASSISTANCE_WRITE,
        Permission.ASSISTANCE_APPROVE,
        Permission.CONSULTATION_WRITE,
        Permission.PRACTICE_WRITE,
        Permission.PRACTICE_APPROVE,
        Permission.REVIEW_WRITE,
        Permission.FELLOWSHIP_WRITE,
        Permission.FELLOWSHIP_APPROVE,
    }
    assert {each for each, terms in permission_terms().items() if terms.effect is Effect.READS_PERSONS} == {
        Permission.PERSON_READ,
        Permission.PERSON_SHARE,
        Permission.CONTRIBUTION_READ,
        Permission.TIP_READ,
    }
    assert {each for each, terms in permission_terms().items() if terms.effect is Effect.MANAGES} == {
        Permission.REFERENCE_WRITE,
        Permission.AGENCIES_MANAGE,
        Permission.USERS_MANAGE,
        Permission.SETTINGS_MANAGE,
    }


def test_nobody_proposes_and_approves_by_one_role() -> None:
    for role in Role:
        held = permissions_of({role})
        assert not held >= {Permission.RECORD_CORRECT_PROPOSE, Permission.RECORD_CORRECT_APPROVE}
        assert not held >= {Permission.PERSON_ERASE_PROPOSE, Permission.PERSON_ERASE_APPROVE}
