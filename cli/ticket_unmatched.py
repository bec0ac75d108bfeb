"""`tamdesk ticket unmatched` and its siblings: the mails that wait for someone who can tell where they belong."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from cli.ticket_desk import entered

MOST = 2**31 - 1


def add(actions: Any) -> None:
    """Register `unmatched`, `show-mail`, `file-mail` and `dismiss-mail`."""
    listing = actions.add_parser("unmatched", help="list the mails that wait to be filed, the newest first")
    listing.add_argument("--robots", action="store_true", help="list what machines wrote instead")
    listing.add_argument("--limit", type=_number, default=50, metavar="N", help="at most this many (default 50)")
    listing.add_argument("--json", action="store_true", help="print JSON")
    listing.set_defaults(run=run_list)
    show = actions.add_parser("show-mail", help="print a mail as text, or as it came in")
    show.add_argument("mail", type=_number, help="the mail's number")
    show.add_argument("--raw", action="store_true", help="print its bytes as they came in")
    show.set_defaults(run=run_show)
    file = actions.add_parser("file-mail", help="file a mail on a ticket, or as a new one of a customer")
    file.add_argument("mail", type=_number, help="the mail's number")
    target = file.add_mutually_exclusive_group(required=True)
    target.add_argument("--ticket", type=_number, metavar="N", help="the ticket that it belongs to")
    target.add_argument("--customer", metavar="CUSTOMER", help="the customer whose new request it is: key or name")
    file.add_argument("--contact", metavar="CONTACT", help="who asks: an e-mail address or a name")
    file.add_argument("--channel", default="email", help="of a new ticket: email (default), community, …")
    file.add_argument(
        "--severity", type=int, metavar="N", help="of a new ticket (default: as its subject says, else 3)"
    )
    file.set_defaults(run=run_file)
    away = actions.add_parser("dismiss-mail", help="set a mail aside that is no request; it is kept")
    away.add_argument("mail", type=_number, help="the mail's number")
    away.add_argument("--reason", required=True, metavar="TEXT", help="what it is")
    away.set_defaults(run=run_dismiss)


def _number(text: str) -> int:
    value = int(text.removeprefix("#"))
    if not 0 <= value <= MOST:
        raise ValueError(f"{value} is not between 0 and {MOST}")
    return value


def run_list(args: argparse.Namespace) -> int:
    """Print the mails in a state."""
    from screens.widgets.text import clean
    from tickets.mail.filing import ROBOT, UNMATCHED
    from tickets.mail.unmatched import unmatched
    from tickets.words import moment

    with entered(args) as actor:
        found = unmatched(args.limit, state=ROBOT if args.robots else UNMATCHED)
    if args.json:
        print(json.dumps([mail._asdict() for mail in found], indent=2))
        return 0
    for mail in found:
        when = moment(actor.zone, mail.at, args.now())
        print(f"{mail.id:<7} {when:<18} {clean(mail.sender or '–'):<32} {clean(mail.subject)}")
        hint = f"; {mail.customer} has contacts at that domain" if mail.customer else ""
        print(f"{'':<7} {clean(mail.reason + hint)}")
    return 0


def run_show(args: argparse.Namespace) -> int:
    """Print a mail; its bytes go out as they are where asked, and only where no terminal would obey them."""
    from models.errors import DomainError
    from screens.widgets.text import clean, clean_lines
    from tickets.mail.letter import read
    from tickets.mail.preview import heading
    from tickets.mail.unmatched import raw_mail

    if args.raw and sys.stdout.isatty():
        raise DomainError("A raw mail may hold what a terminal obeys; send it to a file.")
    with entered(args):
        raw = raw_mail(args.mail)
    if args.raw:
        sys.stdout.buffer.write(raw)
        return 0
    letter = read(raw)
    for label, text in heading(letter):
        print(f"{label:<9} {clean(text)}")
    print("\n" + "\n".join(clean_lines(letter.text)))
    return 0


def run_file(args: argparse.Namespace) -> int:
    """File a mail and print the number of its ticket."""
    from cli.ticket_new import contact_id
    from contracts.held import customer_id
    from tickets.mail.unmatched import file_unmatched

    with entered(args) as actor:
        customer = customer_id(args.customer) if args.customer else None
        filed = file_unmatched(
            args.mail,
            actor=actor.id,
            at=args.now(),
            ticket_id=args.ticket,
            customer_id=customer,
            contact_id=contact_id(customer, args.contact) if customer and args.contact else None,
            channel=args.channel,
            severity=args.severity,
        )
    print(f"#{filed.ticket_id}")
    return 0


def run_dismiss(args: argparse.Namespace) -> int:
    """Set a mail aside."""
    from screens.widgets.text import clean
    from tickets.mail.unmatched import dismiss

    with entered(args) as actor:
        done = dismiss(args.mail, args.reason, actor.id, args.now())
    print(clean(done.sentence), file=sys.stderr)
    return 0
