import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from tracemark.kernel import Citation, cite


class Role(StrEnum):
    """What a person is trusted with; one account may hold several."""

    REGISTRY_OFFICER = "registry_officer"
    TRACING_ANALYST = "tracing_analyst"
    LICENSING_OFFICER = "licensing_officer"
    STOREKEEPER = "storekeeper"
    POINT_OF_CONTACT = "point_of_contact"
    APPROVER = "approver"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """The closed list of what can be permitted; `matrix.toml` says to whom, and what each means."""

    RECORD_READ = "record.read"
    RECORD_WRITE = "record.write"
    RECORD_STOCK = "record.stock"
    INVESTIGATION_OPEN = "investigation.open"
    RECORD_CORRECT_PROPOSE = "record.correct_propose"
    RECORD_CORRECT_APPROVE = "record.correct_approve"
    RECORD_VERIFY = "record.verify"
    RECORD_EXPORT = "record.export"
    DESTRUCTION_APPROVE = "destruction.approve"
    DESTRUCTION_WITNESS = "destruction.witness"
    IMPORT_DRY_RUN = "import.dry_run"
    IMPORT_COMMIT = "import.commit"
    DUPLICATES_JUDGE = "duplicates.judge"
    MARKING_PLAN = "marking.plan"
    MARKING_NUMBER = "marking.number"
    RECOVERY_WRITE = "recovery.write"
    TRACE_READ = "trace.read"
    TRACE_SEARCH = "trace.search"
    TRACE_JUDGE = "trace.judge"
    TRACE_CASE = "trace.case"
    TRACE_REPORT = "trace.report"
    SIGNAL_READ = "signal.read"
    SIGNAL_JUDGE = "signal.judge"
    SIGNAL_CONFIRM = "signal.confirm"
    SIGNAL_SHARE = "signal.share"
    WEIGHTS_PROPOSE = "weights.propose"
    WEIGHTS_ADOPT = "weights.adopt"
    PERSON_READ = "person.read"
    PERSON_WRITE = "person.write"
    PERSON_SHARE = "person.share"
    PERSON_ERASE_PROPOSE = "person.erase_propose"
    PERSON_ERASE_APPROVE = "person.erase_approve"
    AUDIT_READ = "audit.read"
    RETENTION_READ = "retention.read"
    REFERENCE_WRITE = "reference.write"
    AGENCIES_MANAGE = "agencies.manage"
    USERS_MANAGE = "users.manage"
    SETTINGS_MANAGE = "settings.manage"
    LICENCE_READ = "licence.read"
    LICENCE_WRITE = "licence.write"
    LICENCE_DECIDE = "licence.decide"
    CERTIFICATE_SIGN = "certificate.sign"
    CONSIGNMENT_WRITE = "consignment.write"
    SCREENING_WRITE = "screening.write"
    FIGURE_READ = "figure.read"
    FIGURE_PUBLISH = "figure.publish"
    STATISTICS_WRITE = "statistics.write"
    STATISTICS_APPROVE = "statistics.approve"
    REPORT_READ = "report.read"
    REPORT_WRITE = "report.write"
    REPORT_APPROVE = "report.approve"
    TARGET_READ = "target.read"
    TARGET_WRITE = "target.write"
    CONTRIBUTION_READ = "contribution.read"
    CONTRIBUTION_JUDGE = "contribution.judge"
    WITNESS_READ = "witness.read"
    WITNESS_WRITE = "witness.write"
    PEER_READ = "peer.read"
    PEER_WRITE = "peer.write"
    PEER_APPROVE = "peer.approve"
    TRACE_ASK = "trace.ask"
    TRACE_REPLY = "trace.reply"
    PRACTICE_READ = "practice.read"
    PRACTICE_WRITE = "practice.write"
    PRACTICE_APPROVE = "practice.approve"
    REVIEW_READ = "review.read"
    REVIEW_WRITE = "review.write"
    FELLOWSHIP_READ = "fellowship.read"
    FELLOWSHIP_WRITE = "fellowship.write"
    FELLOWSHIP_APPROVE = "fellowship.approve"
    ASSISTANCE_READ = "assistance.read"
    ASSISTANCE_WRITE = "assistance.write"
    ASSISTANCE_APPROVE = "assistance.approve"
    CONSULTATION_READ = "consultation.read"
    CONSULTATION_WRITE = "consultation.write"
    TIP_READ = "tip.read"


class Effect(StrEnum):
    """What using a permission does."""

    READS = "reads"
    READS_PERSONS = "reads_persons"
    WRITES = "writes"
    MANAGES = "manages"


class Reach(StrEnum):
    """How far a role sees: every agency of the node, its own and those below it, or no record at all."""

    NODE = "node"
    AGENCY = "agency"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class RoleTerms:
    """What a role means. Whoever holds it has no permission of an effect in `never`, whatever other roles grant."""

    role: Role
    sentence: str
    reach: Reach
    never: frozenset[Effect]


@dataclass(frozen=True, slots=True)
class PermissionTerms:
    """What a permission means, which paragraph it serves and which roles hold it; `sentence` is a code of wording."""

    permission: Permission
    sentence: str
    source: Citation
    effect: Effect
    roles: frozenset[Role]


@cache
def role_terms() -> Mapping[Role, RoleTerms]:
    """Return what each role means, in the order of Role."""
    table = _table("role")
    return MappingProxyType({role: _role(role, table[role]) for role in Role})


@cache
def permission_terms() -> Mapping[Permission, PermissionTerms]:
    """Return what each permission means, in the order of Permission."""
    table = _table("permission")
    return MappingProxyType({permission: _permission(permission, table[permission]) for permission in Permission})


def _table(name: str) -> dict[str, dict[str, Any]]:
    text = (files("tracemark.authorities") / "matrix.toml").read_text("utf-8")
    found: dict[str, dict[str, Any]] = tomllib.loads(text)[name]
    return found


def _role(role: Role, entry: Mapping[str, Any]) -> RoleTerms:
    never = frozenset(Effect(effect) for effect in entry["never"])
    return RoleTerms(role, entry["sentence"], Reach(entry["reach"]), never)


def _permission(permission: Permission, entry: Mapping[str, Any]) -> PermissionTerms:
    roles = frozenset(Role(role) for role in entry["roles"])
    return PermissionTerms(permission, entry["sentence"], cite(entry["source"]), Effect(entry["effect"]), roles)
