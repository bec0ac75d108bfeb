"""`tamdesk call note`: write down what is said in a call, below what stands there."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from cli.call_words import tell_done
from cli.hours_words import DONE, add_json, number_of
from cli.ticket_desk import entered


def add_actions(actions: Any) -> None:
    """Register the action in the call group."""
    note = actions.add_parser("note", help="add to the notes of a call; without TEXT from standard input")
    note.add_argument("call", metavar="CALL", type=number_of, help="its number")
    note.add_argument("text", metavar="TEXT", nargs="*", help="the note; a line that begins with // stays inside")
    add_json(note, run)


def run(args: argparse.Namespace) -> int:
    """Add the note below those that stand; raises StaleRow where a colleague wrote in the same moment."""
    from tam.call_reading import call
    from tam.call_rules import CallRefused
    from tam.calls import write
    from tickets.mail.charsets import text_of

    if not args.text and sys.stdin.isatty():
        print("Write the note; ctrl+d on a line of its own ends it.", file=sys.stderr)
    text = " ".join(args.text) if args.text else text_of(sys.stdin.buffer.read())
    if not text.strip():
        raise CallRefused("There is nothing to note; say it after the number, or on standard input.")
    with entered(args) as actor:
        held = call(args.call)
        notes = f"{held.notes.rstrip()}\n{text.strip()}" if held.notes.strip() else text.strip()
        write(args.call, actor.id, args.now(), held.version, notes=notes)
        tell_done(args, args.call, "It stands in the notes now.", actor.zone)
    return DONE
