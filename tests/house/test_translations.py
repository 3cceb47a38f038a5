"""Every code that can be said has an English sentence, and no language says what English does not."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from string import Formatter

import pytest

from tests.house.test_citations import rules
from tests.house.tree import PACKAGE, modules
from tracemark import (
    assistance,
    authorities,
    correspondence,
    diversion,
    fellowship,
    instruments,
    intake,
    marking,
    participation,
    practices,
    recordkeeping,
    reporting,
    review,
    secretariat,
    stockpiles,
    targets,
    tracing,
    transfers,
    weapons,
)
from tracemark.intake.faults import severities
from tracemark.marking import plans
from tracemark.marking.profiles import requirements
from tracemark.marking.rules import qualities
from tracemark.node import GRANT_STEPS, PROGRAMME_STEPS, REQUEST_STEPS
from tracemark.recordkeeping import comparison
from tracemark.tracing.matching import readings, remarks
from tracemark.wording import LANGUAGES, has_sentence, rule_title, sentence_codes

SPEAKERS = (
    "api|assistance|authorities|cli|correspondence|diversion|documents|exchange|fellowship|figures|instruments|"
    "intake|marking|participation|practices|recordkeeping|reporting|review|secretariat|stockpiles|targets|tracing|transfers|trouble|weapons|web|wording"
)
CODE = re.compile(rf"(?:{SPEAKERS})(?:\.[a-z0-9_]+)+")
IN_TEMPLATE = re.compile(rf"[\"']((?:{SPEAKERS})(?:\.[a-z0-9_]+)+)[\"']")
UNSAID = frozenset(authorities.Permission) | {"web.x.table", "web.x.title", "web.context_processors", "weapons.marked"}
"""What is written like the code of a sentence and is none: permissions, a figure, and examples in documentation."""

TERMS = recordkeeping.event_kinds().values()
DATA = ("name", "address", "born", "licence", "document", "phone", "email", "sex")


def names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FAMILIES: Mapping[str, Iterable[str]] = {
    "assistance.bar_": assistance.Bar,
    "assistance.alarm_": names("unacknowledged not_circulated follow_up lapsed overrun unpaid silent call_lapses"),
    "cli.assistance_none_": names("requests programmes grants overdue"),
    "assistance.board_": names("country theme activities requests money"),
    "assistance.theme_": names("small_arms reintegration legislation borders violence"),
    "assistance.where_": assistance.Where,
    "assistance.campaign_kind_": assistance.CampaignKind,
    "assistance.column_": names("request state programme amount"),
    "assistance.help_": assistance.Help,
    "assistance.merit_": assistance.Merit,
    "assistance.outcome_": assistance.OUTCOMES,
    "authorities.about_": names("agency roles active token name scopes expires_at factors factor minutes"),
    "authorities.agency_": authorities.AgencyKind,
    "authorities.change_": authorities.ChangeKind,
    "authorities.factor_": names("app passkey"),
    "authorities.permission_": authorities.Permission,
    "authorities.role_": authorities.Role,
    "diversion.": sorted(diversion.patterns()),
    "diversion.moment_": diversion.Moment,
    "diversion.reading_": diversion.Reading,
    "diversion.stage_": diversion.STAGES,
    "diversion.strength_": diversion.Strength,
    "diversion.way_": diversion.ways_of_diversion(),
    "diversion.weekday_": "0123456",
    "figures.": sorted(reporting.figures()),
    "figures.group_": {each.split(".")[0] for each in reporting.figures()},
    "figures.disability_": names("yes no"),
    "figures.marking_": names("marked unmarked"),
    "figures.by_": {by for each in reporting.figures().values() for by in each.by},
    "figures.unit_": {each.unit for each in reporting.figures().values()},
    "cli.column_": names(
        "rank weapon marks chance reasons on event who place lawful grade rows meaning "
        "account agency roles state id purpose scopes until "
        "place authority due risk name "
        "weight before after errors chances measure stated version proposed_by adopted_by at "
        "destination since symbol scope confidence about amount alarms step by note"
    ),
    "cli.learnt_": tracing.Worth,
    "cli.region_": names("request asked because answer next"),
    "cli.learnt_left_out_": names("open unread changed"),
    "cli.measure_": names("log_loss brier first in_ten absent_above"),
    "cli.weights_": names("in_use waits used along rejected"),
    "documents.column_": names("on event who place lawful"),
    "documents.fellow_": names("fellow state course venue modules issued_on"),
    "fellowship.change_": names("first_choice female male"),
    "fellowship.column_": names(
        "name fund donor ceiling left course standing closes seats nominations state sex points why contribution women "
        "men states comes_in goes_out month due fellows certified follow_ups"
    ),
    "fellowship.field_": names("agency sex age_band languages earlier_fellow"),
    "fellowship.kind_": fellowship.FundKind,
    "fellowship.point_": [
        *("seat", "past", *fellowship.Favour),
        *(f"{way}_{each}" for way in names("reach beyond") for each in fellowship.Aspect),
    ],
    "fellowship.rule_": {each.code for each in fellowship.eligibility_rules()},
    "documents.field_": names(
        "weapon readings maker model calibre country illicit_because legal_basis circumstances purpose free_text "
        "confidentiality_limits outcome to drawn_by asked_by opened answered note identified"
    ),
    "documents.": names("about answer request lacking judgements"),
    "documents.lawful_": names("yes no recovery"),
    "documents.certificate_": names(
        "goods contract destination end_use exporter end_user parties office issued_on valid_until undertakings "
        "no_retransfer retransfer_free"
    ),
    "documents.sign_": names("name on signature"),
    "exchange.": names(
        "column_twice document_invalid document_too_large document_type_declared empty_file encoding_unknown "
        "file_unpacks_too_large no_heading not_a_spreadsheet not_json not_xml password_protected "
        "quote_unclosed row_unread sheet_not_found "
        "iati_misplaced iati_child_missing iati_attribute_missing iati_attribute_unknown iati_value_unfit "
        "iati_text_here iati_invalid iati_no_activities iati_unreadable iati_no_identifier iati_no_title "
        "iati_date_unread iati_code_missing iati_budget_unread iati_payment_unread"
    ),
    "instruments.confidence_": [each.name.lower() for each in instruments.Confidence],
    "instruments.level_": instruments.Level,
    "instruments.status_": instruments.Status,
    "intake.": [code.removeprefix("intake.") for code in severities()],
    "intake.dates_": intake.DateFormat,
    "intake.element_": names("serial maker country model calibre kind year holder"),
    "intake.grade_": intake.Grade,
    "intake.held_": intake.HeldState,
    "intake.lack_": intake.Lack,
    "intake.severity_": intake.Severity,
    "marking.": [
        *(f"serial_{verdict}" for verdict in names("same looks_alike differs unknown")),
        *(
            f"{field}_{verdict}"
            for field in names("maker state model calibre year")
            for verdict in names("same differs unknown")
        ),
    ],
    "marking.check_": marking.CheckSystem,
    "marking.circumstance_": marking.Circumstance,
    "marking.criterion_": requirements.Criterion,
    "marking.grade_": marking.Grade,
    "marking.kind_": marking.MarkKind,
    "marking.profile_": marking.shipped_profiles(),
    "marking.label_": names(
        "weapon maker model calibre bears bears_none look stamped initials "
        "text part place surface method min_depth_mm min_height_mm"
    ),
    "marking.likeness_": marking.Likeness,
    "marking.method_": marking.Method,
    "marking.numerals_": names("arabic roman arabic_indic han"),
    "marking.place_": plans.Placement,
    "marking.quality_": qualities.QUALITIES,
    "marking.says_": names("maker state serial year model calibre"),
    "marking.script_": marking.Script,
    "marking.surface_": marking.Surface,
    "cli.witness_outcome_": names("cosigned witness_ahead refused no_answer seen unchanged alarm"),
    "recordkeeping.alarm_": recordkeeping.AlarmKind,
    "recordkeeping.head_": names("origin_unknown not_signed sizes_crossed inconsistent"),
    "recordkeeping.breach_": recordkeeping.Breach,
    "recordkeeping.taken_from_": recordkeeping.TakenFrom,
    "recordkeeping.detail_": sorted({name for each in TERMS for name in each.requires | each.may}),
    "recordkeeping.expected_": names(
        "text number percent year day measure truth texts truths list nothing weapon component mark person cell"
    ),
    "recordkeeping.fault_": comparison.FaultKind,
    "recordkeeping.kind_": recordkeeping.EventKind,
    "recordkeeping.person_": DATA,
    "review.absent_": review.Absent,
    "review.addressed_": names("meeting secretariat"),
    "review.basis_": names("answer number share target activity part meeting addressed"),
    "review.change_": names("nearer back same none"),
    "review.column_": review.frame().columns,
    "review.count_": review.COUNTS,
    "review.field_": names(
        "code meeting first last place confidence source level column name value number before definition paragraph "
        "standing standings change basis question theme answer report whose due state cell year target outlook goal "
        "request way given_by received_by themes amount on fingerprint title text proposal proposed_by position by "
        "reason instructions symbol outcome"
    ),
    "review.meeting_": review.MeetingKind,
    "review.row_": review.frame().rows,
    "review.section_": review.SECTIONS,
    "review.settled_": review.Settlement,
    "review.stance_": review.Stance,
    "review.standing_": review.Standing,
    "review.table_": review.SECTIONS,
    "review.way_": names("given received"),
    "reporting.agreement_": reporting.Agreement,
    "reporting.column_": names(
        "year years numerator denominator percent state published reckoned agreement remarks region counted missing"
    ),
    "reporting.denominator_": reporting.Denominator,
    "reporting.quality_": reporting.Quality,
    "reporting.result_": reporting.Result,
    "recordkeeping.retention_": sorted({each.retention for each in TERMS}),
    "recordkeeping.standing_": sorted({each.leads_to for each in TERMS} - {""}),
    "recordkeeping.stage_": sorted({each.stage for each in TERMS} | {"unknown"}),
    "recordkeeping.status_": recordkeeping.Status,
    "reporting.": names("gap_target gap_action gap_request none_given"),
    "reporting.answer_": reporting.YesNo,
    "reporting.table_": {name for each in reporting.questions().values() for name in each.columns},
    "reporting.due_": reporting.DueState,
    "reporting.form_": reporting.form_terms(),
    "reporting.option_": {name for each in reporting.questions().values() for name in each.options},
    "reporting.origin_": reporting.Origin,
    "reporting.part_": (reporting.ALL, *reporting.SEXES),
    "reporting.question_": reporting.questions(),
    "reporting.section_": {each.id for edition in reporting.editions().values() for each in edition.sections},
    "reporting.theme_": {each.id for each in reporting.published_scheme().themes},
    "documents.report_": names(
        "draft period edition laid_out standing signed submitted footer note reason figure number question answer "
        "source origin section"
    ),
    "secretariat.pattern_": names("refusal embargo"),
    "secretariat.why_": secretariat.Why,
    "stockpiles.conclusion_": stockpiles.Conclusion,
    "stockpiles.covers_": stockpiles.Covers,
    "stockpiles.function_": stockpiles.Function,
    "stockpiles.ground_": stockpiles.Ground,
    "stockpiles.method_": stockpiles.destruction_methods(),
    "stockpiles.reason_": stockpiles.Reason,
    "stockpiles.risk_": [each.code for each in stockpiles.risk_questions()],
    "stockpiles.verdict_": stockpiles.Verdict,
    "participation.": names("source_missing method_missing text_missing"),
    "participation.sort_": participation.ContributionSort,
    "participation.voice_": participation.Voice,
    "practices.": names("estimate low high"),
    "practices.backing_": practices.Backing,
    "practices.depth_": practices.DEPTHS,
    "practices.holding_": practices.Holding,
    "practices.left_out_": practices.LEFT_OUT,
    "practices.method_": names("what share curve limits"),
    "practices.subject_": practices.PracticeSubject,
    "practices.tells_": practices.TELLS,
    "web.practices.step_": names("review return publish experience withdraw"),
    "participation.done_": participation.Done,
    "targets.asks_": {item.asks for each in targets.checklists().values() for item in each.items},
    "targets.checklist_": targets.checklists(),
    "targets.contradiction_": targets.Contradiction,
    "targets.course_": targets.Course,
    "targets.direction_": targets.Direction,
    "targets.funding_": targets.Funding,
    "targets.gathers_": targets.Gathering,
    "targets.kind_": targets.PlanKind,
    "targets.outlook_": targets.Outlook,
    "targets.status_": targets.ActivityStatus,
    "targets.window_": targets.Window,
    "tracing.": [
        f"{field}_{outcome}" for field in tracing.COLUMNS for outcome in names("agrees near differs unknown_in_record")
    ],
    "tracing.age_": tracing.AGE_BANDS,
    "tracing.because_": tracing.REASONS_TO_ASK,
    "tracing.certainty_": readings.Certainty,
    "tracing.ground_": tracing.Ground,
    "tracing.known_": (*tracing.Known, "request"),
    "tracing.means_": [each for each in tracing.Means if each],
    "tracing.lost_field_": names("serial how reference since kind maker model calibre country"),
    "tracing.lost_fit_": tracing.Fit,
    "tracing.lost_form_": tracing.ListForm,
    "tracing.lost_how_": names("lost stolen"),
    "tracing.lost_where_": tracing.Where,
    "tracing.onward_": tracing.Onward,
    "tracing.outcome_": tracing.Outcome,
    "tracing.person_": names("possessor victim witness other"),
    "tracing.priority_": tracing.Priority,
    "tracing.result_": tracing.Result,
    "tracing.remark_": remarks.TOLD,
    "tracing.serial_": names("agrees look_alike misread added left_out swapped lost_head lost_tail"),
    "tracing.sex_": tracing.Sex,
    "tracing.state_": tracing.CaseState,
    "tracing.use_": tracing.Purpose,
    "tracing.verdict_": tracing.Verdict,
    "tracing.withholding_": tracing.Withholding,
    "transfers.advice_": names("grant refuse"),
    "transfers.authorises_": transfers.Authorises,
    "transfers.confidence_": names("table memory own"),
    "transfers.element_": transfers.ELEMENTS,
    "transfers.exemption_": names("committee notified government un_mission protective"),
    "transfers.likeness_": transfers.Likeness,
    "transfers.question_": [each.code for each in transfers.questions()],
    "transfers.reply_": transfers.Reply,
    "transfers.risk_": transfers.Risk,
    "transfers.role_": transfers.PartyRole,
    "transfers.scope_": names("all non_state"),
    **{
        f"web.destructions.{each}_": names("approve refuse carry_out witness certify withdraw")
        for each in names("do done hint title")
    },
    **{f"web.signals.{each}_": names("confirm escalate dismiss merge") for each in names("do done hint")},
    "web.fellowship.known_": names("yes no unknown"),
    **{
        f"web.fellowship.{each}_": names(
            "hold cost recuse abstain complete cancel propose return decide fill certify tell withdraw"
        )
        for each in names("step hint")
    },
    "web.assistance.step_": (*REQUEST_STEPS, *PROGRAMME_STEPS, *GRANT_STEPS, "revise"),
    "web.aid.purpose_": names("15130 15210 15220 15230 15240 15250 15261"),
    "web.indicator.lawful_": names("yes no"),
    "web.signals.flow_": names("lawful suspected"),
    "web.peers.letter_": correspondence.LetterState,
    "web.peers.step_": names("confirm decline refresh change rotate renew revoke"),
    "weapons.class_": weapons.SalwClass,
    "weapons.field_": names("kind maker model calibre country year origin unmarked_because"),
    "weapons.kind_": sorted(weapons.catalogue().kinds),
    "weapons.material_": weapons.Material,
    "weapons.origin_": weapons.Origin,
    "weapons.part_": weapons.Part,
    "weapons.unmarked_": weapons.UnmarkedReason,
    "wording.reason_": names(
        "ENOENT EACCES EPERM EISDIR ENOTDIR ENOSPC EDQUOT EROFS EEXIST ENAMETOOLONG EIO EADDRINUSE"
    ),
    "wording.toml_": names("twice unclosed equals more statement character value other"),
}
"""Sentences whose code is put together: how it begins, and what may follow."""

WAYS = frozenset({"day", "digits", "identity", "place"}) | {prefix.removesuffix("_") for prefix in FAMILIES}
"""How a sentence can want a fact said."""


def forms(entry: str | dict[str, str]) -> list[str]:
    """Return a sentence in all its plural forms."""
    return list(entry.values()) if isinstance(entry, dict) else [entry]


def facts_named(entry: str | dict[str, str]) -> set[str]:
    """Return the names in braces, over all plural forms."""
    return {name for form in forms(entry) for _, name, _, _ in Formatter().parse(form) if name}


def said_in_code() -> Iterator[tuple[str, str]]:
    """Yield the place and the text of each literal that is written like a code; what is put together ends in `*`."""
    for path in modules():
        tree = ast.parse(path.read_text())
        inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        place = path.relative_to(PACKAGE)
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
                if CODE.fullmatch(node.value):
                    yield f"{place}:{node.lineno}", node.value
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                begun = re.match(rf"(?:{SPEAKERS})\.[a-z0-9_.]*", str(node.values[0].value))
                if begun and len(node.values) > 1:
                    yield f"{place}:{node.lineno}", f"{begun[0]}*"


def said_in_templates() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.html")):
        for code in IN_TEMPLATE.findall(path.read_text()):
            yield path.name, code


@cache
def english() -> Mapping[str, str | dict[str, str]]:
    return dict(sentence_codes("en"))


def unsaid(code: str) -> bool:
    """Whether English has no sentence of the code, and none that begins so where it is one of a family."""
    if code.endswith("*"):
        return code[:-1] not in FAMILIES and not any(each.startswith(code[:-1]) for each in english())
    return not (has_sentence(code) or f"{code}_" in FAMILIES or any(each.startswith(f"{code}_") for each in english()))


def test_every_rule_has_a_sentence_in_english() -> None:
    assert sorted(rule.code for rule in rules().values() if not has_sentence(rule.code)) == []


def test_every_code_in_python_has_a_sentence_in_english() -> None:
    assert [(place, code) for place, code in said_in_code() if code not in UNSAID and unsaid(code)] == []


def test_every_code_in_a_template_has_a_sentence_in_english() -> None:
    assert [(place, code) for place, code in said_in_templates() if code not in UNSAID and unsaid(code)] == []


@pytest.mark.parametrize("prefix", sorted(FAMILIES))
def test_every_member_of_a_family_has_a_sentence_in_english(prefix: str) -> None:
    assert [f"{prefix}{each}" for each in FAMILIES[prefix] if not has_sentence(f"{prefix}{each}")] == []


def test_every_permission_and_every_rule_of_a_shipped_law_has_a_sentence_in_english() -> None:
    terms = [each.sentence for each in authorities.permission_terms().values()]
    terms += [each.sentence for each in authorities.role_terms().values()]
    laws = [
        each["code"]
        for law in sorted((PACKAGE / "marking" / "profiles").glob("*.toml"))
        for each in tomllib.loads(law.read_text())["requirement"]
    ]
    assert [code for code in (*terms, *laws) if not has_sentence(code)] == []


@pytest.mark.parametrize("code", [language.code for language in LANGUAGES])
def test_a_language_says_only_what_english_says_and_with_the_same_facts(code: str) -> None:
    # A plural form may leave its number out: "one weapon".
    strays = [
        key
        for key, entry in sentence_codes(code)
        if key not in english() or (facts_named(entry) ^ facts_named(english()[key])) - {"count"}
    ]
    assert strays == []


@pytest.mark.parametrize("code", [language.code for language in LANGUAGES])
def test_a_sentence_wants_its_facts_said_in_a_way_that_is_known(code: str) -> None:
    strays = [
        (key, way)
        for key, entry in sentence_codes(code)
        for form in forms(entry)
        for _, _, way, _ in Formatter().parse(form)
        if way and way not in WAYS
    ]
    assert strays == []


@pytest.mark.parametrize("code", [language.code for language in LANGUAGES])
def test_an_indicator_is_numbered_with_full_stops(code: str) -> None:
    # Between digits a browser breaks a line at a hyphen, and after Arabic letters it turns such a number round.
    hyphened = [
        key for key, entry in sentence_codes(code) for form in forms(entry) if re.search(r"\b\d{1,2}-\d-\d\b", form)
    ]
    assert hyphened == []


@pytest.mark.parametrize("code", [language.code for language in LANGUAGES])
def test_a_sentence_stands_in_one_file_only(code: str) -> None:
    texts = sorted((PACKAGE / "wording" / "locale" / code).glob("*.toml"))
    found = Counter(key for text in texts for key in tomllib.loads(text.read_text("utf-8")))
    assert [key for key, number in found.items() if number > 1] == []


@pytest.mark.parametrize("code", ["web.nothing_like_it", "marking.nothing_like_it", "tracing.nothing_like_it_*"])
def test_a_code_without_a_sentence_is_found(code: str) -> None:
    assert unsaid(code)


def test_every_rule_of_diversion_has_a_title_and_an_innocent_reading_in_every_language() -> None:
    asked = [f"diversion.{code}{end}" for code in diversion.patterns() for end in ("", "_innocent")]
    asked += [f"diversion.rule_{code}" for code in diversion.patterns()]
    assert [(each.code, code) for each in LANGUAGES for code in asked if not has_sentence(code, to=each.code)] == []


def test_a_rule_of_diversion_is_called_what_its_file_calls_it() -> None:
    called = {code: rule_title(code) for code in diversion.patterns()}
    assert called == {each.code: each.title for each in diversion.patterns().values()}
