"""`tamdesk customer`: the customers of the desk, and the people on their side."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from typing import Any

from contracts import directory
from contracts.held import customer_id
from models.access import identify
from models.connection import open_desk


def add(commands: Any) -> None:
    """Register the group."""
    parser = commands.add_parser("customer", help="list, add and change customers and the people on their side")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="print the customers with what they signed")
    listing.add_argument("--json", action="store_true", help="print JSON")
    listing.set_defaults(run=run_list)
    new = actions.add_parser("add", help="add a customer; leads and TAMs do that")
    new.add_argument("name", metavar="NAME", help="the name that lists show")
    new.add_argument("--key", default="", help="a short word for it (default: made of the name)")
    new.add_argument("--zone", default="Europe/Zurich", help="the customer's time zone (default Europe/Zurich)")
    new.add_argument("--badge", default="", help="a few signs that lists show beside the name, such as ent")
    new.add_argument("--tam", default="", metavar="LOGIN", help="who is their TAM")
    new.set_defaults(run=run_add)
    change = actions.add_parser("change", help="change what the desk knows of a customer; leads and TAMs do that")
    change.add_argument("customer", metavar="CUSTOMER", help="the customer's key or name")
    change.add_argument("--name", help="the name that lists show")
    change.add_argument("--zone", help="the customer's time zone")
    change.add_argument("--badge", help="a few signs beside the name; empty for none")
    change.add_argument("--tam", metavar="LOGIN", help="who is their TAM; empty for none")
    change.set_defaults(run=run_change)
    _add_contacts(actions)


def _add_contacts(actions: Any) -> None:
    listing = actions.add_parser("contacts", help="print the people on a customer's side")
    listing.add_argument("customer", metavar="CUSTOMER", help="the customer's key or name")
    listing.add_argument("--json", action="store_true", help="print JSON")
    listing.set_defaults(run=run_contacts)
    new = actions.add_parser("contact", help="add a person on a customer's side")
    new.add_argument("customer", metavar="CUSTOMER", help="the customer's key or name")
    new.add_argument("contact", metavar="NAME", help="the person's name")
    new.add_argument("--email", default="", help="the address that their mails come from")
    new.add_argument("--phone", default="", help="their telephone number")
    new.add_argument("--named", action="store_true", help="the order names them (leads and TAMs only)")
    new.set_defaults(run=run_contact)


def run_list(args: argparse.Namespace) -> int:
    """Print the customers."""
    from contracts.portfolio import portfolio
    from screens.widgets.text import clean

    with closing(open_desk(args.address, create=False)):
        identify(args.login, args.now())
        found = portfolio(args.now())
    if args.json:
        print(json.dumps([line._asdict() for line in found], indent=2))
        return 0
    for line in found:
        signed = f"{line.plan}{f' with {line.support_option}' if line.support_option else ''}, {line.revision}"
        told = signed if line.plan else "no contract; sign one with: tamdesk contract sign"
        print(f"{clean(line.key):<16} {clean(line.name):<24} {clean(told):<48} {clean(line.tam or '')}".rstrip())
    if not found:
        print("There are no customers yet; add one with: tamdesk customer add NAME", file=sys.stderr)
    return 0


def run_add(args: argparse.Namespace) -> int:
    """Add a customer."""
    with closing(open_desk(args.address)):
        actor = identify(args.login, args.now())
        fields = {"key": args.key, "zone": args.zone, "badge": args.badge, "tam": args.tam}
        directory.add_customer(args.name, actor.id, args.now(), **fields)
    print(f"{args.name} is a customer now. Sign their contract with: tamdesk contract sign", file=sys.stderr)
    return 0


def run_change(args: argparse.Namespace) -> int:
    """Change a customer."""
    said = {word: getattr(args, word) for word in ("name", "zone", "badge", "tam") if getattr(args, word) is not None}
    with closing(open_desk(args.address, create=False)):
        actor = identify(args.login, args.now())
        sentence = directory.change_customer(customer_id(args.customer), actor.id, args.now(), **said)
    print(sentence, file=sys.stderr)
    return 0


def run_contacts(args: argparse.Namespace) -> int:
    """Print the people on a customer's side."""
    from screens.widgets.text import clean

    with closing(open_desk(args.address, create=False)):
        identify(args.login, args.now())
        found = directory.contacts(customer_id(args.customer))
    if args.json:
        print(json.dumps([line._asdict() for line in found], indent=2))
        return 0
    for line in found:
        reach = "  ".join(filter(None, (line.email, line.phone)))
        print(f"{clean(line.name):<28} {'named' if line.named else '':<6} {clean(reach)}".rstrip())
    return 0


def run_contact(args: argparse.Namespace) -> int:
    """Add a person on a customer's side."""
    with closing(open_desk(args.address, create=False)):
        actor = identify(args.login, args.now())
        customer = customer_id(args.customer)
        fields = {"email": args.email, "phone": args.phone, "named": args.named}
        directory.add_contact(customer, args.contact, actor.id, args.now(), **fields)
    print(f"{args.contact} is on the desk now.", file=sys.stderr)
    return 0
