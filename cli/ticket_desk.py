"""The desk that an action of `tamdesk ticket` works on, closed again whatever becomes of the action."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing, contextmanager

from models.access import Actor, identify
from models.connection import open_desk


@contextmanager
def entered(args: argparse.Namespace) -> Iterator[Actor]:
    """Open the desk, which has to be there, as the person who acts."""
    with closing(open_desk(args.address, create=False)):
        yield identify(args.login, args.now())
