"""`tamdesk person`: who is on the desk; a lead adds the others."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from models.access import add_person, identify
from models.connection import open_desk
from models.people import ENGINEER, ROLES
from models.reading import rows


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
    new.set_defaults(run=run_add)


def run_list(args: argparse.Namespace) -> int:
    """Print the people."""
    from screens.widgets.text import clean

    open_desk(args.address, create=False)
    identify(args.config.person.value, args.now())
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
    open_desk(args.address)
    lead = identify(args.config.person.value, args.now())
    add_person(args.new_login, args.name, args.role, lead.id, args.now())
    print(f"{args.new_login} is on the desk now as {args.role}.", file=sys.stderr)
    return 0
