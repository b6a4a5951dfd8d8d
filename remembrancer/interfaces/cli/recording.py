"""``record``: the log itself, the proof that it holds, and its copies."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from remembrancer.interfaces.cli import render
from remembrancer.interfaces.cli.command import KEEP, command, group
from remembrancer.interfaces.cli.desk import Desk
from remembrancer.model import Exit, Fault
from remembrancer.saying import Sentence

if TYPE_CHECKING:
    from remembrancer.office.showing.auditing import Extraction
    from remembrancer.record.verify import Verdict


def register(app: typer.Typer) -> None:
    """Add these commands."""
    record = group(app, "record", KEEP, "The log itself: what it holds, that it holds, and its copies.")
    command(record, "log")(log)
    command(record, "verify")(verify)
    command(record, "checkpoint")(checkpoint)
    command(record, "prove")(prove)
    command(record, "blob")(blob)
    command(record, "export")(export)
    command(record, "import")(import_)


def log(
    desk: Desk,
    kind: Annotated[str, typer.Option(metavar="K", help="Only entries of this kind.")] = "",
    limit: Annotated[int, typer.Option("-n", metavar="N", min=0, help="Only the last N; 0 for all.")] = 0,
) -> None:
    """List the entries of the record, oldest first; what is closed to you shows its envelope only."""
    from remembrancer.office.showing.auditing import log_lines

    bureau = desk.bureau
    start = max(bureau.log.size() - limit, 0) if limit and not kind else 0
    lines = [line for line in log_lines(bureau, desk.principal, start) if kind in ("", line.kind)]
    desk.tell("record-log", lines[-limit:] if limit else lines, render.log)


def verify(
    desk: Desk,
    extract: Annotated[bool, typer.Option("--extract", help="Make every text again from its source, too.")] = False,
    export: Annotated[
        Path | None, typer.Option("--export", metavar="DIR", help="Verify an export instead of the office.")
    ] = None,
    head: Annotated[
        list[Path] | None,
        typer.Option("--head", metavar="FILE", help="A checkpoint kept elsewhere, which the log must extend."),
    ] = None,
) -> int:
    """Check every entry, hash, head and blob; names the first thing that is wrong and exits with 1."""
    from remembrancer.office.bureau import require
    from remembrancer.office.showing.auditing import extracted_again

    heads = [_bytes_of(path) for path in head or ()]
    if export is not None:
        return _told(desk, _verify_export(export, heads), None, export)
    bureau, principal = desk.bureau, desk.principal
    require(principal, "audit", Sentence("verify what is closed"))
    with desk.progress() as report:
        verdict = bureau.verify(heads, report)
        extraction = extracted_again(bureau, principal, report) if extract and verdict.holds else None
    return _told(desk, verdict, extraction, None)


def _verify_export(directory: Path, heads: Sequence[bytes]) -> Verdict:
    from remembrancer.record.export import verify_export

    return verify_export(directory, heads=heads)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Fault(
            Exit.UNREADABLE,
            Sentence("%(file)s cannot be opened: %(error)s.", file=path, error=error.strerror),
            Sentence("Name a file that is there."),
        ) from error


def _told(desk: Desk, verdict: Verdict, extraction: Extraction | None, export: Path | None) -> int:
    members = ("size", "heads", "blobs", "removed_payloads", "unchecked_signatures", "problem")
    holds = verdict.holds and not (extraction and extraction.different)
    value = {key: getattr(verdict, key) for key in members}
    value |= {"holds": holds, "root": verdict.root.hex(), "extraction": extraction}
    value |= {"export": str(export) if export else ""}
    desk.tell("record-verify", value, render.verification)
    return 0 if holds else int(Exit.CHECK_FAILED)


def checkpoint(desk: Desk) -> None:
    """Print the signed head of the record as it stands; who keeps it can tell later that nothing was cut off."""
    from remembrancer.office.showing import proving

    desk.tell("record-checkpoint", proving.head(desk.bureau), lambda told: render.verbatim(told.note))


def prove(
    desk: Desk,
    entry: Annotated[int | None, typer.Argument(metavar="ENTRY", min=0, show_default=False, help="An entry.")] = None,
    old_size: Annotated[
        int | None,
        typer.Option("--from", metavar="SIZE", min=1, show_default=False, help="The size of an earlier head."),
    ] = None,
) -> None:
    """Prove that an entry is in the record, or that the record only added to an earlier head.

    What is printed is a C2SP proof with its signed head, which other programs can check.
    """
    if (entry is None) == (old_size is None):
        raise Fault(
            Exit.USAGE,
            Sentence("A proof is of one thing."),
            Sentence("Name an ENTRY, or --from the SIZE of an earlier head."),
        )
    from remembrancer.office.showing import proving

    bureau = desk.bureau
    made = proving.inclusion(bureau, entry) if entry is not None else proving.consistency(bureau, old_size or 0)
    desk.tell("record-prove", made, lambda told: render.verbatim(told.proof))


def blob(desk: Desk, sha256: Annotated[str, typer.Argument(metavar="SHA256", help="As spans name it.")]) -> None:
    """Print the bytes of a source or of its text, so that anyone can check a quotation."""
    from remembrancer.office.showing import auditing, shown

    bureau, principal = desk.bureau, desk.principal
    sha256 = shown.whole_id(bureau, principal, sha256)
    data = auditing.blob(bureau, principal, sha256)
    if desk.common.json:
        desk.tell("record-blob", _blob_value(sha256, data), render.verbatim)
    else:
        desk.put(data)


def _blob_value(sha256: str, data: bytes) -> dict[str, Any]:
    try:
        encoding, content = "utf-8", data.decode()
    except UnicodeDecodeError:
        encoding, content = "base64", base64.b64encode(data).decode()
    return {"sha256": sha256, "size": len(data), "encoding": encoding, "content": content}


def export(
    desk: Desk,
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="A directory, new or empty.")],
    public: Annotated[bool, typer.Option("--public", help="Leave out what the public may not see.")] = False,
) -> None:
    """Write the record as plain files, which anybody can verify."""
    from remembrancer.office.changing.keeping import export_to

    exported = export_to(desk.bureau, desk.principal, directory, public)
    value = exported if desk.principal.name == "owner" else None
    members = ("size", "payloads", "closed_payloads", "blobs", "closed_blobs")
    counts = {key: getattr(value, key, None) for key in members}
    desk.tell("record-export", {"directory": str(directory), "public": public, **counts}, render.exported)


def import_(
    desk: Desk, directory: Annotated[Path, typer.Argument(metavar="DIR", help="What record export wrote.")]
) -> None:
    """Restore a body from an export, into this office or a new one named with -o."""
    from remembrancer.access import parse_principal
    from remembrancer.office import SETTINGS, Office
    from remembrancer.office.bureau import require

    require(parse_principal(desk.common.by), "found", Sentence("import a record"))
    if not directory.is_dir():
        raise Fault(
            Exit.UNREADABLE,
            Sentence("There is no directory %(directory)s.", directory=directory),
            Sentence("Name what record export wrote."),
        )
    named = desk.common.office
    if named is not None and not (named / SETTINGS).exists():
        Office.create_empty(named).close()
    desk.office.import_body(directory)
    desk.tell("bodies", desk.office.bodies(), render.bodies)
