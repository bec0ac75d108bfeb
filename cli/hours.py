"""`tamdesk hours`: time that was spent for customers, what was promised to them, and what is left."""

from __future__ import annotations

from typing import Any

from cli import hours_agree, hours_balance, hours_change, hours_close, hours_import, hours_list, hours_log, hours_timer


def add(commands: Any) -> None:
    """Register the group."""
    parser = commands.add_parser("hours", help="log time, see what is left of the agreed hours, and close periods")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for part in (
        hours_log,
        hours_change,
        hours_timer,
        hours_list,
        hours_balance,
        hours_agree,
        hours_close,
        hours_import,
    ):
        part.add_actions(actions)
