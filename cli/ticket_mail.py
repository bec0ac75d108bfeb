"""`tamdesk ticket intake-mail`: an RFC 822 message on standard input, as a mail system pipes it."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from typing import Any

DONE, UNAVAILABLE, TRY_AGAIN = 0, 69, 75
"""As mail systems read them (sysexits.h): 69 returns the mail to its sender, 75 keeps it for another try."""


def add(actions: Any) -> None:
    """Register `intake-mail`."""
    intake = actions.add_parser("intake-mail", help="file the mail on standard input; for a mail system to pipe to")
    intake.add_argument("--json", action="store_true", help="print JSON")
    intake.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """File the mail: 0 once it is kept, 75 while the desk cannot keep it, 69 where it never will.

    A mail system acts for nobody, so nobody has to be on the desk for it. What the machine lacks (memory, room, files
    that may be read) it may have at the next try.
    """
    from models.connection import open_desk
    from models.errors import DatabaseUnavailable, DomainError
    from tickets.mail.filing import LARGEST, MailTooLarge, file_mail

    raw = sys.stdin.buffer.read(LARGEST + 1)
    try:
        with closing(open_desk(args.address, create=False)):
            filed = file_mail(raw, args.now())
    except MailTooLarge as error:
        return _tell(error, UNAVAILABLE)
    except (DatabaseUnavailable, DomainError, OSError) as error:
        return _tell(error, TRY_AGAIN)
    except MemoryError:
        return _tell("This machine has no memory left for the mail.", TRY_AGAIN)
    if args.json:
        print(json.dumps(filed._asdict(), indent=2))
    else:
        where = f" #{filed.ticket_id}" if filed.ticket_id else ""
        print(f"{filed.state}{where}{_because(filed.reason)}")
    return DONE


def _because(reason: str) -> str:
    from screens.widgets.text import clean

    return f": {clean(reason)}" if reason else ""


def _tell(error: object, code: int) -> int:
    from screens.widgets.text import clean

    print(f"tamdesk: {clean(str(error))}", file=sys.stderr)
    return code
