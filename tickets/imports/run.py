"""The import itself: everything is read twice, first who is who and what stands apart, then the tickets."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from models.access import require
from models.people import LEAD
from tickets.imports.directory import Directory
from tickets.imports.files import Reading, read
from tickets.imports.found import Found
from tickets.imports.landing import Landing
from tickets.imports.records import CommentRecord, OrganizationRecord, TicketRecord, Unfit, UserRecord
from tickets.imports.report import Report
from tickets.imports.shapes import TICKET
from tickets.imports.spool import Spool
from tickets.imports.writing import Batches
from tickets.imports.zendesk import Normalizer

BATCH_TICKETS = 5_000
BATCH_CHARACTERS = 8 * 1024 * 1024
"""A batch is one transaction; a colleague's save waits for no more than this."""

Progress = Callable[[int, int], None]
"""Called with the bytes done and the bytes in all; the files are read twice, so all is twice their size."""


def run_import(
    files: Iterable[Path],
    *,
    actor: int,
    at: int,
    dry_run: bool = False,
    progress: Progress | None = None,
    source: str = "zendesk",
    form: str | None = None,
) -> Report:
    """Import exports that belong together, in any order; `form` is "zendesk", "csv" or by each file's name.

    Idempotent by (source, id), and one operation to undo. Raises NotAllowed for anyone but a lead, and BadFile where a
    file cannot be read at all (nothing has landed then).
    """
    who = require(actor, LEAD)
    report = Report(source, dry_run)
    reading = Reading([Path(file) for file in files], form, progress)
    batches = Batches(actor, at, f"{who.name} imported from {source}:", dry_run)
    normalizer = Normalizer(at, report.warn, report.reject)
    directory, spool = Directory(source, report), Spool()
    try:
        _survey(reading, normalizer, directory, spool, report)
        directory.load()
        if directory.has_news:
            with batches.batch("customers and people") as writer:
                directory.land(writer)
        _land(reading, normalizer, batches, Landing(source, directory, report), spool, report)
    finally:
        spool.close()
    report.operation_id = batches.operation_id
    return report


def _survey(reading: Reading, normalizer: Normalizer, directory: Directory, spool: Spool, report: Report) -> None:
    """Read who is who, and set aside the comments that stand apart from their tickets."""
    for found in read(reading):
        try:
            kind = normalizer.kind(found)
            if kind == TICKET:
                continue
            for record in normalizer.records(kind, found):
                if isinstance(record, OrganizationRecord | UserRecord):
                    directory.gather(record)
                elif isinstance(record, CommentRecord):
                    spool.add(record)
        except Unfit as reason:
            report.reject(str(reason), found.place)


def _land(
    reading: Reading,
    normalizer: Normalizer,
    batches: Batches,
    landing: Landing,
    spool: Spool,
    report: Report,
) -> None:
    for batch in _batches(_tickets(reading, normalizer, report), report):
        with batches.batch(f"{len(batch):,} tickets") as writer:
            landing.land(writer, batch, spool.take(batch))
    for comments in spool.rest():
        with batches.batch("comments on tickets that were here") as writer:
            landing.land_rest(writer, comments)


def _tickets(reading: Reading, normalizer: Normalizer, report: Report) -> Iterator[TicketRecord]:
    for found in read(reading):
        if not _is_ticket(normalizer, found):
            continue
        try:
            yield from (record for record in normalizer.records(TICKET, found) if isinstance(record, TicketRecord))
        except Unfit as reason:
            report.reject(str(reason), found.place)


def _is_ticket(normalizer: Normalizer, found: Found) -> bool:
    """Tell tickets from what the survey has dealt with already."""
    try:
        return normalizer.kind(found) == TICKET
    except Unfit:
        return False


def _batches(tickets: Iterator[TicketRecord], report: Report) -> Iterator[dict[str, TicketRecord]]:
    """Gather tickets by their id; one that comes twice, as overlapping pages bring it, counts once."""
    batch: dict[str, TicketRecord] = {}
    size = 0
    for ticket in tickets:
        if first := batch.get(ticket.id):
            report.tickets.unchanged += 1
            first.comments += ticket.comments
            continue
        batch[ticket.id] = ticket
        size += len(ticket.description) + sum(len(comment.body) for comment in ticket.comments)
        if len(batch) >= BATCH_TICKETS or size >= BATCH_CHARACTERS:
            yield batch
            batch, size = {}, 0
    if batch:
        yield batch
