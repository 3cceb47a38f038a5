import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from types import TracebackType
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from tracemark.api.access import TokenUnknown, UnknownParameter
from tracemark.api.languages import language_of, words
from tracemark.api.limits import LARGEST_BODY, TooLarge, TooMany, WrongType
from tracemark.api.parsing import UnfitValue
from tracemark.authorities import NotPermitted
from tracemark.kernel import Finding, NotCanonical, Refused
from tracemark.recordkeeping import NotACheckpoint
from tracemark.reporting import PeriodRefused
from tracemark.tracing import UnreadableReading

MEDIA_TYPE = "application/problem+json"

CONFLICTS = frozenset(
    {
        "assistance.asked_before",
        "assistance.came_before",
        "assistance.given_already",
        "assistance.grants_go_on",
        "assistance.may_object",
        "assistance.not_open",
        "assistance.not_the_receiver",
        "assistance.nothing_changes",
        "assistance.offered_before",
        "assistance.over_budget",
        "assistance.over_need",
        "assistance.sent_before",
        "assistance.step_unfit",
        "assistance.campaign_return_twice",
        "assistance.campaign_step",
        "diversion.not_escalated",
        "diversion.nothing_recovered",
        "diversion.shared_dismissed",
        "diversion.signal_judged",
        "diversion.weak_alone",
        "fellowship.after_deadline",
        "fellowship.call_still_open",
        "fellowship.first_choice_taken",
        "fellowship.module_held",
        "fellowship.no_seat_free",
        "fellowship.nominated_twice",
        "fellowship.nominations_full",
        "fellowship.over_there",
        "fellowship.proposal_stale",
        "fellowship.wrong_standing",
        "intake.held_row_judged",
        "intake.run_moved",
        "marking.block_exhausted",
        "marking.number_reused",
        "marking.numbers_overlap",
        "marking.numbers_too_few",
        "marking.profile_version_stands",
        "recordkeeping.already_decided",
        "recordkeeping.block_closed",
        "recordkeeping.dossier_step",
        "recordkeeping.impossible_sequence",
        "reporting.not_confirmed",
        "reporting.report_closed",
        "reporting.statistics_nothing_waits",
        "reporting.statistics_revision_waits",
        "reporting.statistics_superseded_unexplained",
        "reporting.statistics_withdrawn_before",
        "reporting.wrong_standing",
        "review.dossier_over",
        "review.nothing_changes",
        "stockpiles.balance_below_zero",
        "stockpiles.count_going_on",
        "stockpiles.count_over",
        "stockpiles.count_unsettled",
        "stockpiles.investigation_over",
        "stockpiles.lot_known",
        "stockpiles.site_closed",
        "stockpiles.site_not_empty",
        "stockpiles.weapon_planned",
        "stockpiles.weapons_unaccounted",
        "stockpiles.witness_of_same_office",
        "stockpiles.witnesses_lacking",
        "practices.not_published",
        "practices.nothing_changes",
        "practices.taken_over_before",
        "participation.wrong_standing",
        "practices.wrong_standing",
        "targets.activity_waits",
        "targets.dossier_over",
        "targets.not_met",
        "targets.not_missed",
        "targets.nothing_changes",
        "targets.nothing_to_draw",
        "targets.others_wait",
        "tracing.already_answered",
        "tracing.already_identified",
        "tracing.inquiry_identified",
        "tracing.nobody_judged",
        "tracing.not_heard",
        "tracing.not_late",
        "tracing.not_recovered",
        "tracing.not_searched_at_home",
        "tracing.nothing_told",
        "tracing.outcome_contradicts",
        "transfers.certificate_used",
        "transfers.consent_missing",
        "transfers.destination_embargoed",
        "transfers.licence_not_in_force",
        "transfers.nothing_passed_on",
        "transfers.origin_not_notified",
        "transfers.quantity_exceeded",
        "transfers.receipt_beyond_licence",
    }
)
"""What may be asked, but not as things stand now: these are answered with 409."""

_FIELD_CODES = {
    "missing": "api.field_missing",
    "extra_forbidden": "api.field_unknown",
    "string_too_long": "api.field_too_long",
    "too_long": "api.field_too_long",
    "string_too_short": "api.field_too_short",
    "too_short": "api.field_too_short",
    "enum": "api.field_choice",
    "literal_error": "api.field_choice",
    "string_pattern_mismatch": "api.field_pattern",
    "less_than_equal": "api.field_range",
    "greater_than_equal": "api.field_range",
}
_NO_FACTS: Mapping[str, object] = {}
_logger = logging.getLogger("django.request")


def problem(
    request: HttpRequest,
    status: HTTPStatus,
    code: str,
    *,
    facts: Mapping[str, object] = _NO_FACTS,
    findings: Sequence[Finding] = (),
    fields: Mapping[str, tuple[str, Mapping[str, object]]] | None = None,
) -> HttpResponse:
    """Answer with what is wrong: a stable code, the paragraph behind it, and sentences in the caller's language.

    `fields` gives for each place in the request what is wrong there: a code and its facts. Source: RFC 9457.
    """
    to = language_of(request)
    first = findings[0] if findings else None
    plain = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "code": first.code if first else code,
        "source": str(first.source) if first else "",
        "detail": words(first.code, first.facts, to=to) if first else words(code, facts, to=to),
        "findings": [
            {"code": each.code, "source": str(each.source), "detail": words(each.code, each.facts, to=to)}
            for each in findings
        ],
        "fields": [
            {"field": place, "code": each, "detail": words(each, about, to=to)}
            for place, (each, about) in (fields or {}).items()
        ],
    }
    answer = HttpResponse(json.dumps(plain, ensure_ascii=False), content_type=MEDIA_TYPE, status=status)
    answer["Content-Language"] = to
    answer["Cache-Control"] = "no-store"
    return answer


def not_found(request: HttpRequest, error: object = None) -> HttpResponse:  # noqa: ARG001 - handlers are called with it
    """Say that there is no such thing."""
    return problem(request, HTTPStatus.NOT_FOUND, "api.not_found")


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """Say that the address is right and the method is not."""
    answer = problem(request, HTTPStatus.METHOD_NOT_ALLOWED, "api.method_not_allowed", facts={"allowed": allowed})
    answer["Allow"] = allowed
    return answer


def failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """Say that the fault is ours, once it is logged."""
    got_request_exception.send(sender=None, request=request)
    _logger.error("API: %s", request.path, exc_info=error, extra={"status_code": 500, "request": request})
    return problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, "api.failed")


def speak_of(api: NinjaAPI) -> None:
    """Teach the API to answer every refusal and every fault with a problem."""
    for kind, answer in _ANSWERS.items():
        api.add_exception_handler(kind, answer)


def _unauthorised(request: HttpRequest, error: Exception) -> HttpResponse:
    code = "api.token_unknown" if isinstance(error, TokenUnknown) else "api.token_missing"
    answer = problem(request, HTTPStatus.UNAUTHORIZED, code)
    answer["WWW-Authenticate"] = 'Bearer realm="tracemark"'
    return answer


def _not_permitted(request: HttpRequest, error: NotPermitted) -> HttpResponse:
    return problem(request, HTTPStatus.FORBIDDEN, "api.not_permitted", findings=error.findings)


def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    conflict = bool(error.findings) and all(each.code in CONFLICTS for each in error.findings)
    status = HTTPStatus.CONFLICT if conflict else HTTPStatus.UNPROCESSABLE_ENTITY
    fields = {str(each.facts["field"]): (each.code, each.facts) for each in error.findings if each.facts.get("field")}
    return problem(request, status, "api.unfit", findings=error.findings, fields=fields)


def _unreadable(request: HttpRequest, error: UnreadableReading) -> HttpResponse:
    meant = {"body.readings": ("tracing.reading_meant", error.facts)} if error.nearest else None
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, error.code, facts=error.facts, fields=meant)


def _absent(request: HttpRequest, error: KeyError) -> HttpResponse:
    return not_found(request) if _of_a_room(error.__traceback__) else failed(request, error)


def _of_a_room(trace: TracebackType | None) -> bool:
    """Whether a KeyError comes from behind the door; one of the door's own is a mistake and must not become a 404."""
    module = ""
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "")
        trace = trace.tb_next
    return module.startswith("tracemark.") and not module.startswith(("tracemark.api", "tracemark.wording"))


def _not_canonical(request: HttpRequest, error: NotCanonical) -> HttpResponse:
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "api.not_canonical", facts={"why": str(error)})


def _period_refused(request: HttpRequest, error: Exception) -> HttpResponse:  # noqa: ARG001 - as above
    return _unfit_fields(request, {"query.to": ("api.period_ends_before", _NO_FACTS)})


def _not_a_checkpoint(request: HttpRequest, error: Exception) -> HttpResponse:  # noqa: ARG001 - as above
    return _unfit_fields(request, {"body.against": ("api.not_a_checkpoint", _NO_FACTS)})


def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, UnfitValue):
        return _unfit_value(request, error.__cause__)
    return problem(request, HTTPStatus(error.status_code), "api.malformed")


def _malformed(request: HttpRequest, error: Exception) -> HttpResponse:  # noqa: ARG001 - handlers are called with it
    return problem(request, HTTPStatus.BAD_REQUEST, "api.malformed")


def _unfit_value(request: HttpRequest, error: UnfitValue) -> HttpResponse:
    return _unfit_fields(request, {place: (code, _NO_FACTS) for place, code in error.places.items()})


def _unknown_parameter(request: HttpRequest, error: UnknownParameter) -> HttpResponse:
    return _unfit_fields(request, dict.fromkeys(error.places, ("api.field_unknown", _NO_FACTS)))


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return _unfit_fields(request, dict(_field(each) for each in error.errors))


def _unfit_fields(request: HttpRequest, fields: Mapping[str, tuple[str, Mapping[str, object]]]) -> HttpResponse:
    facts = {"fields": list(fields)}
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "api.unfit", facts=facts, fields=fields)


def _field(error: Mapping[str, Any]) -> tuple[str, tuple[str, Mapping[str, object]]]:
    place = ".".join(ascii(each).strip("'\"") for each in _without_argument(error["loc"]))
    return place, (_FIELD_CODES.get(error["type"], "api.field_unfit"), {"form": error["msg"], **error.get("ctx", {})})


def _without_argument(place: Sequence[str | int]) -> Iterable[str | int]:
    """Leave out the name that a body has in our code."""
    return (place[0], *place[2:]) if place[:2] == ("body", "body") else place


def _too_large(request: HttpRequest, error: Exception) -> HttpResponse:
    facts = {"most": getattr(error, "most", LARGEST_BODY)}
    return problem(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "api.too_large", facts=facts)


def _wrong_type(request: HttpRequest, error: WrongType) -> HttpResponse:
    return problem(request, HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "api.wrong_type", facts={"wanted": error.wanted})


def _too_many(request: HttpRequest, error: TooMany) -> HttpResponse:
    answer = problem(request, HTTPStatus.TOO_MANY_REQUESTS, "api.too_many", facts={"wait": error.wait})
    answer["Retry-After"] = str(error.wait)
    return answer


_ANSWERS: Mapping[type[Exception], Any] = {
    AuthenticationError: _unauthorised,
    Exception: failed,
    Http404: not_found,
    HttpError: _http_error,
    KeyError: _absent,
    MultiPartParserError: _malformed,
    NotACheckpoint: _not_a_checkpoint,
    NotCanonical: _not_canonical,
    NotPermitted: _not_permitted,
    PeriodRefused: _period_refused,
    Refused: _refused,
    RequestDataTooBig: _too_large,
    SuspiciousOperation: _malformed,
    TooLarge: _too_large,
    TooMany: _too_many,
    UnfitValue: _unfit_value,
    UnknownParameter: _unknown_parameter,
    UnreadableReading: _unreadable,
    ValidationError: _invalid,
    WrongType: _wrong_type,
}
