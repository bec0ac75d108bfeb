"""`tamdesk ticket new`: take a request in, or say what it would be promised."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.ticket_desk import entered

if TYPE_CHECKING:
    from models.access import Actor
    from tickets.assessment import Assessment
    from tickets.attachments import NewFile
    from tickets.requests import Draft

DONE, REFUSED = 0, 1

_TEXTS = {
    "impact": "what it means for their work",
    "observed": "what happens",
    "expected": "what should happen",
    "steps": "how to reproduce it",
    "evidence": "what shows that neither connectivity nor compute is the cause",
    "feature": "the feature that it is about",
    "area": "the subject of the service description that it is about, such as Backup",
}


def add(actions: Any) -> None:
    """Register `new`."""
    new = actions.add_parser("new", help="take a request in; its text from --body or standard input")
    new.add_argument("--customer", required=True, metavar="CUSTOMER", help="the customer's key or name")
    new.add_argument("--contact", metavar="CONTACT", help="who asks: an e-mail address or a name")
    new.add_argument("--subject", default="", help="the problem in a line")
    new.add_argument("--body", help="the text (default: standard input)")
    new.add_argument("--channel", default="ticket", help="how it came: ticket (default), email, chat, phone, community")
    new.add_argument("--queue", default="support", help="the queue's key (default support)")
    new.add_argument("--scenario", default="", help="error, security, upgrade, documentation, question, …")
    new.add_argument("--severity", type=int, metavar="N", help="ours, 1 to 4 (default: the customer's, else 3)")
    new.add_argument("--customer-severity", type=int, metavar="N", help="the customer's, 1 to 4")
    for name, meaning in _TEXTS.items():
        new.add_argument(f"--{name}", default="", metavar="TEXT", help=meaning)
    new.add_argument("--enterprise", action=argparse.BooleanOptionalAction, help="the feature is enterprise supported")
    new.add_argument("--attach", action="append", default=[], type=Path, metavar="FILE", help="a file; can be repeated")
    new.add_argument("--language", metavar="NAME", help="of the message that asks for more (default: the contract's)")
    new.add_argument("--dry-run", action="store_true", help="say what it would be promised, and write nothing")
    new.add_argument("--json", action="store_true", help="print JSON")
    new.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Take the request in and print its number and promise; 1 where a rehearsal finds that it would be refused."""
    with entered(args) as actor:
        return _receive(args, actor)


def _receive(args: argparse.Namespace, actor: Actor) -> int:
    from tickets.assessment import assess
    from tickets.requests import receive_request

    at = args.now()
    draft = _draft(args, files=bool(args.attach))
    judged = assess(draft, at, actor.zone)
    if args.dry_run:
        _print_assessment(args, draft, judged, at)
        return REFUSED if judged.refused else DONE
    files = [_file(path) for path in args.attach]
    number = receive_request(draft, actor=actor.id, at=at, files=files)
    if args.json:
        print(json.dumps({"number": number, "due_at": judged.due_at, **_told(judged)}, indent=2))
    else:
        promise = next(finding.text for finding in judged.findings if finding.key == "promise")
        print(f"#{number}  {promise}")
        _warn(judged)
    return DONE


def _warn(judged: Assessment) -> None:
    """Narrate what speaks against the request that was taken in, and what it lacks."""
    from screens.widgets.text import clean
    from tickets.assessment import WARNING

    for finding in judged.findings:
        if finding.state == WARNING:
            print(f"tamdesk: {clean(finding.text)}", file=sys.stderr)
    if judged.missing:
        print(f"tamdesk: missing: {'; '.join(each.text for each in judged.missing)}", file=sys.stderr)


def _draft(args: argparse.Namespace, files: bool) -> Draft:
    from contracts.held import customer_id
    from tickets.requests import Draft

    customer = customer_id(args.customer)
    return Draft(
        customer_id=customer,
        contact_id=contact_id(customer, args.contact) if args.contact else None,
        subject=args.subject,
        body=_body(args),
        channel=args.channel,
        queue=args.queue,
        scenario=args.scenario,
        severity=args.severity,
        customer_severity=args.customer_severity,
        enterprise=args.enterprise,
        logs=files,
        **{name: getattr(args, name) for name in _TEXTS},
    )


def _body(args: argparse.Namespace) -> str:
    """The text; a rehearsal at a terminal asks for none."""
    from tickets.mail.charsets import text_of

    if args.body is not None:
        return str(args.body)
    if sys.stdin.isatty():
        if args.dry_run:
            return ""
        print("Write the request; ctrl+d on a line of its own ends it.", file=sys.stderr)
    return text_of(sys.stdin.buffer.read())


def contact_id(customer: int, wanted: str) -> int:
    """The customer's contact with this address or name, whatever the case; NotFound names the nearest."""
    from contracts.errors import nearest
    from models.errors import NotFound
    from tickets.choices import contacts

    known = contacts(customer)
    for contact in known:
        if wanted.casefold() in ((contact.email or "").casefold(), contact.name.casefold()):
            return contact.id
    hint = nearest(wanted, [contact.name for contact in known])
    raise NotFound(f"The customer has no contact {wanted!r}; {hint}")


def _file(path: Path) -> NewFile:
    """Read a file; refused over 25 MB before it is read."""
    from mimetypes import guess_type

    from models.errors import DomainError
    from tickets.attachments import NewFile, check_size

    try:
        check_size(path.name, path.stat().st_size)
        return NewFile(path.name, guess_type(path.name)[0] or "application/octet-stream", path.read_bytes())
    except OSError as error:
        raise DomainError(f"{path} cannot be read: {error.strerror}.") from error


def _told(judged: Assessment) -> dict[str, Any]:
    return {
        "findings": [finding._asdict() for finding in judged.findings],
        "hours": judged.hours,
        "offer": judged.offer,
        "missing": [each.field for each in judged.missing],
    }


def _print_assessment(args: argparse.Namespace, draft: Draft, judged: Assessment, at: int) -> None:
    """Print what holds for the request, and the message that asks for what it lacks."""
    from screens.widgets.text import clean, clean_lines
    from tickets.please_send import language_of, please_send

    message = please_send(draft, args.language or language_of(draft.customer_id, at))
    if args.json:
        answer = {"due_at": judged.due_at, "refused": judged.refused, **_told(judged), "please_send": message}
        print(json.dumps(answer, indent=2))
        return
    for finding in judged.findings:
        print(f"{finding.state:<8} {finding.key:<15} {clean(finding.text)}")
        if finding.source:
            print(f"{'':<24} from {clean(finding.source)}")
    if judged.missing:
        print(f"{'missing':<24} {'; '.join(each.text for each in judged.missing)}\n")
        print("\n".join(clean_lines(message)), end="")
