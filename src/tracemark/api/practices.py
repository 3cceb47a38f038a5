from typing import Literal

from ninja import Router
from ninja.responses import Status as Answer

from tracemark import node, practices, targets, wording
from tracemark.api.access import Call, needs
from tracemark.api.languages import language_of
from tracemark.api.schemas.fields import Line
from tracemark.api.schemas.practices import (
    AdoptedOut,
    AdoptionIn,
    DurabilityOut,
    ExperienceIn,
    LibraryEntryOut,
    LibraryOut,
    PracticeIn,
    PracticeOut,
    PracticeReasonIn,
    PracticeReviewIn,
    PracticeRevisionIn,
    SharedOut,
    SharingIn,
)
from tracemark.api.schemas.stockpiles import DossierName
from tracemark.api.targets import by
from tracemark.authorities import Permission

router = Router(tags=["practices"])
Subject = Literal["", "marking", "stockpiles", "targets", "gender", "borders"]


@router.get("/practices", response=LibraryOut, operation_id="list_practices")
@needs(Permission.PRACTICE_READ)
def list_practices(request: Call, q: Line = "", subject: Subject = "") -> LibraryOut:
    """List the library: our own practices, those others sent, and those that ship; `q` are words to look for."""
    found = node.practice_library(request.auth.node, request.auth.actor)
    entries = [each for each in found if subject in ("", each.content.subject)]
    matches = practices.search_practices(entries, q, language_of(request))
    return LibraryOut(items=[LibraryEntryOut.of(each.entry, each.language) for each in matches])


@router.post("/practices", response={201: PracticeOut}, operation_id="draft_practice")
@needs(Permission.PRACTICE_WRITE)
def draft_practice(request: Call, body: PracticeIn) -> Answer[PracticeOut]:
    """Put a draft of a practice on record; somebody else reviews it before it is published."""
    content = practices.read_practice_toml(body.toml)
    return Answer(201, read_practice(request, practices.draft_practice(content=content, **by(request))))


@router.get("/practices/{practice}", response=PracticeOut, operation_id="read_practice")
@needs(Permission.PRACTICE_READ)
def read_practice(request: Call, practice: DossierName) -> PracticeOut:
    """Give a practice of this node with its versions and experiences."""
    known = practices.practice_record(name=practice, actor=request.auth.actor, stores=request.auth.node.stores)
    return PracticeOut.of(known)


@router.post("/practices/{practice}/revisions", response={201: PracticeOut}, operation_id="revise_practice")
@needs(Permission.PRACTICE_WRITE)
def revise_practice(request: Call, practice: DossierName, body: PracticeRevisionIn) -> Answer[PracticeOut]:
    """Change a draft, or begin the next version; what is published stands until the next version is."""
    content = practices.read_practice_toml(body.toml)
    known = practices.revise_practice(name=practice, content=content, reason=body.reason, **by(request))
    return Answer(201, PracticeOut.of(known))


@router.post("/practices/{practice}/reviews", response={201: PracticeOut}, operation_id="review_practice")
@needs(Permission.PRACTICE_APPROVE)
def review_practice(request: Call, practice: DossierName, body: PracticeReviewIn) -> Answer[PracticeOut]:
    """Find a draft good, as another person than who wrote it."""
    known = practices.review_practice(name=practice, note=body.note, **by(request))
    return Answer(201, PracticeOut.of(known))


@router.post("/practices/{practice}/returns", response={201: PracticeOut}, operation_id="return_practice")
@needs(Permission.PRACTICE_APPROVE)
def return_practice(request: Call, practice: DossierName, body: PracticeReasonIn) -> Answer[PracticeOut]:
    """Send a draft back to who wrote it, and say why."""
    return Answer(201, PracticeOut.of(practices.return_practice(name=practice, reason=body.reason, **by(request))))


@router.post("/practices/{practice}/publication", response={201: PracticeOut}, operation_id="publish_practice")
@needs(Permission.PRACTICE_WRITE)
def publish_practice(request: Call, practice: DossierName) -> Answer[PracticeOut]:
    """Publish a draft that somebody else reviewed."""
    return Answer(201, PracticeOut.of(practices.publish_practice(name=practice, **by(request))))


@router.post("/practices/{practice}/experiences", response={201: PracticeOut}, operation_id="note_experience")
@needs(Permission.PRACTICE_WRITE)
def note_experience(request: Call, practice: DossierName, body: ExperienceIn) -> Answer[PracticeOut]:
    """Say how a published practice went where it was used."""
    return Answer(201, PracticeOut.of(practices.note_experience(name=practice, note=body.note, **by(request))))


@router.post("/practices/{practice}/withdrawal", response={201: PracticeOut}, operation_id="withdraw_practice")
@needs(Permission.PRACTICE_WRITE)
def withdraw_practice(request: Call, practice: DossierName, body: PracticeReasonIn) -> Answer[PracticeOut]:
    """Withdraw a practice, and say why."""
    return Answer(201, PracticeOut.of(practices.withdraw_practice(name=practice, reason=body.reason, **by(request))))


@router.post("/practices/{practice}/sharing", response={201: SharedOut}, operation_id="share_practice")
@needs(Permission.PRACTICE_WRITE)
def share_practice(request: Call, practice: DossierName, body: SharingIn) -> Answer[SharedOut]:
    """Post a published practice to another node; it leaves with the next delivery."""
    number = node.share_practice(request.auth.node, practice, body.to, request.auth.actor)
    return Answer(201, SharedOut(practice=practice, number=number, to=body.to))


@router.post("/practice-adoptions", response={201: AdoptedOut}, operation_id="adopt_practice")
@needs(Permission.TARGET_WRITE)
def adopt_practice(request: Call, body: AdoptionIn) -> Answer[AdoptedOut]:
    """Take a practice up as an activity of a plan, which cites the practice and its version."""
    caller, to = request.auth, language_of(request)
    entry = practices.entry_named(body.key, node.practice_library(caller.node, caller.actor))
    plan = targets.plan_record(plan=body.plan, actor=caller.actor, stores=caller.node.stores)
    today = caller.node.clock.now().date()
    activity = practices.activity_for_practice(entry, plan, language=to, owner=body.owner, today=today)
    reason = body.reason or wording.sentence("practices.adopted_because", {"practice": entry.cited}, to=to)
    targets.revise_activity(plan=body.plan, activity=activity, reason=reason, **by(request))
    return Answer(201, AdoptedOut(plan=body.plan, activity=activity.code, practice=entry.cited))


@router.get("/mark-durability", response=DurabilityOut, operation_id="read_mark_durability")
@needs(Permission.PRACTICE_READ)
def read_mark_durability(request: Call) -> DurabilityOut:
    """Count from the record how long marks stay readable, by method, material and depth; no weapon is named."""
    return DurabilityOut.of(node.mark_durability(request.auth.node, request.auth.actor))
