"""`tamdesk person`: who is on the desk; a lead adds the others."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from typing import Any

from models.access import add_person, change_person, identify
from models.connection import open_desk
from models.errors import DomainError
from models.people import ENGINEER, ROLES
from models.reading import rows
from sla.errors import InvalidHours


def add(commands: Any) -> None:
    """Register the group."""
    parser = commands.add_parser("person", help="list and add the people of the desk")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="print the people of the desk")
    listing.add_argument("--json", action="store_true", help="print JSON")
    listing.set_defaults(run=run_list)
    new = actions.add_parser("add", help="add a person; a lead does that")
    new.add_argument("new_login", metavar="NEW_LOGIN", help="the login name of the person")
    new.add_argument("--name", default="", help="the name that customers see (default: the login)")
    new.add_argument("--role", default=ENGINEER, choices=ROLES, help=f"what the person may do (default {ENGINEER})")
    new.add_argument("--email", default="", help="the address that their mails come from")
    new.set_defaults(run=run_add)
    change = actions.add_parser("change", help="change what the desk knows of a person; a lead does that")
    change.add_argument("changed_login", metavar="LOGIN", help="whom to change")
    change.add_argument("--name", help="the name that customers see")
    change.add_argument("--email", help="the address that their mails come from")
    change.add_argument("--role", choices=ROLES, help="what the person may do")
    change.add_argument("--zone", help="the time zone that they see times in, such as Europe/Zurich")
    active = change.add_mutually_exclusive_group()
    active.add_argument("--leave", dest="active", action="store_const", const=0, help="they left and may not enter")
    active.add_argument("--return", dest="active", action="store_const", const=1, help="they are back")
    change.set_defaults(run=run_change)


def run_list(args: argparse.Namespace) -> int:
    """Print the people."""
    from screens.widgets.text import clean

    with closing(open_desk(args.address, create=False)):
        identify(args.login, args.now())
        found = rows("SELECT login, name, role, zone, active FROM person ORDER BY login")
    if args.json:
        names = ("login", "name", "role", "zone", "active")
        print(json.dumps([dict(zip(names, row, strict=True)) for row in found], indent=2))
        return 0
    for login, name, role, zone, active in found:
        print(f"{clean(login):<14} {clean(name):<24} {role:<10} {zone:<20} {'' if active else 'has left'}".rstrip())
    return 0


def run_add(args: argparse.Namespace) -> int:
    """Add a person."""
    with closing(open_desk(args.address)):
        lead = identify(args.login, args.now())
        add_person(args.new_login, args.name, args.role, lead.id, args.now(), args.email)
    print(f"{args.new_login} is on the desk now as {args.role}.", file=sys.stderr)
    return 0


def run_change(args: argparse.Namespace) -> int:
    """Change a person."""
    from sla.hours import zone_of

    fields = ("name", "email", "role", "zone", "active")
    said = {field: getattr(args, field) for field in fields if getattr(args, field) is not None}
    if not said:
        print("tamdesk person change: say what to change, such as --role lead", file=sys.stderr)
        return 2
    if args.zone is not None:
        try:
            zone_of(args.zone)
        except InvalidHours as error:
            raise DomainError(f"{error}.") from error
    with closing(open_desk(args.address, create=False)):
        lead = identify(args.login, args.now())
        sentence = change_person(args.changed_login, lead.id, args.now(), **said)
    print(sentence, file=sys.stderr)
    return 0
