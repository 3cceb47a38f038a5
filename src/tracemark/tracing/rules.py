from tracemark.kernel import Plain, Rule, rule
from tracemark.tracing.cases import Priority, TraceRequest
from tracemark.tracing.matching import read_mark_text

Facts = dict[str, Plain]


@rule("tracing.grounds_missing", "ITI 17(a)")
def says_why_illicit(request: TraceRequest) -> Facts | None:
    return None if request.illicit_because else {}


@rule("tracing.legal_basis_missing", "ITI 17(a)")
def says_legal_basis(request: TraceRequest) -> Facts | None:
    return None if request.legal_basis.strip() else {}


@rule("tracing.circumstances_missing", "ITI 17(a)")
def says_circumstances(request: TraceRequest) -> Facts | None:
    return None if request.circumstances.strip() else {}


@rule("tracing.marks_missing", "ITI 17(b)")
def says_marks(request: TraceRequest) -> Facts | None:
    readings = (reading for each in request.readings for reading in read_mark_text(each.text).readings)
    return None if any(reading.legible for reading in readings) else {}


@rule("tracing.kind_missing", "ITI 17(b)")
def says_kind(request: TraceRequest) -> Facts | None:
    return None if request.kind or request.model else {}


@rule("tracing.calibre_missing", "ITI 17(b)")
def says_calibre(request: TraceRequest) -> Facts | None:
    return None if request.calibre else {}


@rule("tracing.maker_missing", "ITI 17(b)")
def says_maker_or_country(request: TraceRequest) -> Facts | None:
    return None if request.maker or request.country else {}


@rule("tracing.purpose_missing", "ITI 17(c)")
def says_intended_use(request: TraceRequest) -> Facts | None:
    return None if request.purpose.strip() else {}


@rule("tracing.urgency_unexplained", "ITI 18")
def says_why_urgent(request: TraceRequest) -> Facts | None:
    return None if request.priority is Priority.ROUTINE or request.urgent_because.strip() else {}


COMPLETENESS_RULES: tuple[Rule[TraceRequest], ...] = (
    says_why_illicit,
    says_legal_basis,
    says_circumstances,
    says_marks,
    says_kind,
    says_calibre,
    says_maker_or_country,
    says_intended_use,
    says_why_urgent,
)
"""What ITI 17 asks of a request. A search at home may begin without; another State may send it back."""
