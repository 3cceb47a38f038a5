from pathlib import Path
from typing import Annotated

import typer

from tracemark import recordkeeping
from tracemark.authorities import Role
from tracemark.cli.options import Db, Json, node_at, operator, text_of
from tracemark.cli.output import fail, print_json, print_line
from tracemark.recordkeeping import CarriedProof, NotACheckpoint, ProofRefused, SignatureRefused, VerifierKey


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("prove")(prove)
    app.command("verify-proof")(verify_proof)


def prove(
    event: Annotated[int, typer.Argument(metavar="EVENT", help="The position of the event in the record.", min=0)],
    witnessed: Annotated[
        bool, typer.Option("--witnessed", help="Only under a head that a witness cosigned; else the newest one.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write it; standard output otherwise.")
    ] = None,
    db: Db = None,
) -> None:
    """Write a proof that an event is in the record, to be checked elsewhere and years later (C2SP tlog-proof).

    It carries the event itself: whoever is given the proof reads it.
    """
    node = node_at(db)
    try:
        proof = node.carried_proof(event, operator(node, Role.AUDITOR), witnessed=witnessed)
    except KeyError:
        fail("cli.proof_none", event=event)
    except LookupError:
        fail("cli.proof_unwitnessed", event=event)
    if output:
        output.write_text(str(proof), "utf-8")
        print_line("cli.proof_written", event=event, file=str(output))
    else:
        typer.echo(str(proof), nl=False)


def verify_proof(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The proof.", exists=True, dir_okay=False)],
    keys: Annotated[
        Path,
        typer.Option(help="The keys you trust, of records and witnesses, one a line.", exists=True, dir_okay=False),
    ],
    least: Annotated[int, typer.Option(help="How many of those witnesses must have cosigned.", min=0)] = 0,
    as_json: Json = False,
) -> None:
    """Check a proof with keys you trust, without any register; status 0 only where the event is proved."""
    # Who only prints help does not wait for the library.
    from tracemark.node import verify_carried

    known = [_key(line) for line in text_of(keys).split("\n") if line]
    try:
        proof = CarriedProof.parse(text_of(file))
        proved = verify_carried(proof, known)
        event = recordkeeping.read_event(proof.index, proof.body).event
    except SignatureRefused:
        fail("cli.proof_unsigned", file=str(file), keys=str(keys))
    except ProofRefused:
        fail("cli.proof_leads_astray", file=str(file))
    except (NotACheckpoint, ValueError, KeyError):
        fail("cli.proof_unreadable", file=str(file))
    if len(proved.witnesses) < least:
        fail("cli.proof_few", count=len(proved.witnesses), least=least)
    if as_json:
        print_json({"event": proof.index, "origin": proved.origin, "size": proof.head.size,
                    "witnesses": proved.witnesses, "kind": event.kind.value, "details": event.details})  # fmt: skip
    else:
        print_line("cli.proof_good", event=proof.index, origin=proved.origin, size=proof.head.size,
                   witnesses=list(proved.witnesses))  # fmt: skip


def _key(line: str) -> VerifierKey:
    try:
        return VerifierKey.parse(line)
    except NotACheckpoint:
        return fail("cli.not_a_key", text=line)
