from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from tracemark.authorities import Role
from tracemark.cli.options import Db, Json, node_at, operator, writer
from tracemark.cli.output import console, fail, print_json, print_line, say
from tracemark.cli.targets import day_in

if TYPE_CHECKING:
    from tracemark.node import Node
    from tracemark.participation import Voice as Voices

Name = Annotated[str, typer.Argument(metavar="CONSULTATION", help="Its name, such as CS-2026-000017.")]
Speaks = Literal["civil_society", "industry", "parliamentarian", "youth", "survivor", "research", "other"]
Voice = Annotated[Speaks, typer.Option(help="For whom they speak.")]
Body = Annotated[str, typer.Argument(metavar="ORGANISATION", help="The organisation; no person is named.")]
Closes = Annotated[str, typer.Option(metavar="DAY", help="The last day on which submissions are taken.")]
Hearing = Annotated[int, typer.Argument(metavar="HEARING", help="The number of the hearing.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    part = typer.Typer(help="Consult others, hear them, and say what was done with each.", no_args_is_help=True)
    part.command("open")(open_one)
    part.command("list")(list_consultations)
    part.command("show")(show)
    part.command("invite")(invite)
    part.command("hear")(hear)
    part.command("speak")(speak)
    part.command("follow-up")(follow_up)
    part.command("extend")(extend)
    part.command("close")(close)
    app.add_typer(part, name="consultation")


def open_one(
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What others are asked about.")],
    text: Annotated[str, typer.Option(help="What exactly is asked.")],
    closes: Closes,
    opens: Annotated[str, typer.Option(metavar="DAY", help="The first day; by default today.")] = "",
    about: Annotated[str, typer.Option(help="The report, plan or meeting it is about.")] = "",
    invites: Annotated[
        str, typer.Option(metavar="KIND,…", help="For whom it is meant, such as survivor,youth; without it, for all.")
    ] = "",
    db: Db = None,
) -> None:
    """Ask others about something, for some time."""
    from tracemark import participation

    node = node_at(db)
    draft = participation.ConsultationDraft(
        title=title,
        text=text,
        opens=day_in(opens) if opens else node.clock.now().date(),
        closes=day_in(closes),
        about=about,
        invites=_voices(invites),
    )
    known = participation.open_consultation(draft=draft, **_by(node))
    print_line("web.consultations.opened", consultation=known.name)


def list_consultations(db: Db = None, as_json: Json = False) -> None:
    """List consultations, the newest first, with how much waits for an answer."""
    from tracemark import participation

    node = node_at(db)
    actor = operator(node, Role.POINT_OF_CONTACT)
    found = list(participation.consultation_list(actor=actor, stores=node.stores))
    if not found and not as_json:
        print_line("cli.nothing_listed")
    for each in found:
        waiting = participation.waiting_matters(each, node.stores)
        if as_json:
            print_json({**participation.consultation_plain(each, node.stores), "waiting": waiting})
        else:
            days = f"{each.draft.opens} – {each.draft.closes}"
            standing = say(f"recordkeeping.standing_{each.standing}")
            console.print("  ".join([each.name, days, standing, str(len(waiting)), each.draft.title]), soft_wrap=True)


def show(name: Name, db: Db = None, as_json: Json = False) -> None:
    """Show a consultation: its hearings, its submissions, and what was done with each."""
    from tracemark import participation

    node = node_at(db)
    actor = operator(node, Role.POINT_OF_CONTACT)
    try:
        known = participation.consultation_named(name=name, actor=actor, stores=node.stores)
    except KeyError:
        fail("participation.no_such_consultation", consultation=name)
    if as_json:
        print_json(participation.consultation_plain(known, node.stores))
        return
    console.print(f"{known.name}  {known.draft.title}", soft_wrap=True)
    matters = [each.name for each in participation.submissions(name, node.stores)]
    for matter in [*matters, *(str(each.number) for each in known.hearings)]:
        answer = known.followed(matter)
        state = say(f"participation.done_{answer.done.value}") if answer else say("web.consultations.not_yet")
        console.print("  ".join([matter, state, *([answer.where, answer.why] if answer else [])]), soft_wrap=True)


def invite(name: Name, body: Body, voice: Voice = "civil_society", db: Db = None) -> None:
    """Note that an organisation was invited."""
    from tracemark import participation

    node = node_at(db)
    participation.invite(consultation=name, voice=participation.Voice(voice), body=body, **_by(node))
    _sealed("consultation_invited", name)


def hear(
    name: Name,
    on: Annotated[str, typer.Option(metavar="DAY", help="The day of the hearing.")],
    place: Annotated[str, typer.Option(help="Where it was.")],
    summary: Annotated[str, typer.Option(help="What came of it.")],
    db: Db = None,
) -> None:
    """Record a hearing that was held."""
    from tracemark import participation

    participation.record_hearing(consultation=name, on=day_in(on), place=place, summary=summary, **_by(node_at(db)))
    _sealed("consultation_heard", name)


def speak(
    name: Name,
    hearing: Hearing,
    body: Body,
    said: Annotated[str, typer.Option(help="What was said, in brief.")],
    voice: Voice = "civil_society",
    db: Db = None,
) -> None:
    """Record for which organisation somebody spoke at a hearing."""
    from tracemark import participation

    speaker = participation.Speaker(participation.Voice(voice), body, said)
    participation.record_speaker(consultation=name, hearing=hearing, speaker=speaker, **_by(node_at(db)))
    _sealed("consultation_spoken", name)


def follow_up(
    name: Name,
    matter: Annotated[str, typer.Argument(metavar="MATTER", help="A submission's name, or a hearing's number.")],
    done: Annotated[Literal["taken_up", "partly", "not_taken_up"], typer.Option(help="What was done with it.")],
    where: Annotated[str, typer.Option(help="Where it was taken up.")] = "",
    why: Annotated[str, typer.Option(help="Why it was not, or only in part.")] = "",
    db: Db = None,
) -> None:
    """Say what was done with a submission or a hearing."""
    from tracemark import participation

    answer = participation.FollowUp(matter, participation.Done(done), where, why)
    participation.follow_up(consultation=name, answer=answer, **_by(node_at(db)))
    _sealed("consultation_followed_up", name)


def extend(
    name: Name, closes: Closes, reason: Annotated[str, typer.Option(help="Why, which everybody reads.")], db: Db = None
) -> None:
    """Move the closing day to a later one."""
    from tracemark import participation

    participation.extend_consultation(consultation=name, closes=day_in(closes), reason=reason, **_by(node_at(db)))
    _sealed("consultation_extended", name)


def close(
    name: Name,
    note: Annotated[str, typer.Option(help="What is said at the end, which everybody reads.")],
    db: Db = None,
) -> None:
    """Close a consultation once each submission and hearing has its answer."""
    from tracemark import participation

    participation.close_consultation(consultation=name, note=note, **_by(node_at(db)))
    _sealed("consultation_closed", name)


def _voices(text: str) -> "tuple[Voices, ...]":
    from tracemark import participation

    known = {each.value: each for each in participation.Voice}
    told = [each.strip() for each in text.split(",") if each.strip()]
    for each in told:
        if each not in known:
            fail("cli.voice_unknown", voice=each, known=", ".join(known))
    return tuple(known[each] for each in told)


def _by(node: "Node") -> dict[str, Any]:
    return {"actor": writer(node, Role.POINT_OF_CONTACT), "stores": node.stores, "clock": node.clock}


def _sealed(kind: str, name: str) -> None:
    print_line("web.targets.sealed", kind=kind, name=name)
