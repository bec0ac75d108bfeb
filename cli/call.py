"""`tamdesk call`: review calls with customers: planned, prepared, held, and what was agreed in them."""

from __future__ import annotations

from typing import Any

from cli import call_actions, call_export, call_feedback, call_list, call_plan, call_series, call_write


def add(commands: Any) -> None:
    """Register the group."""
    parser = commands.add_parser("call", help="plan, prepare, hold and export review calls")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for part in (call_list, call_plan, call_series, call_write, call_export, call_actions, call_feedback):
        part.add_actions(actions)
