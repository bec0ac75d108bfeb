"""Opening the app: the database opens while the screen is still being imported."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from models.errors import DatabaseUnavailable, DomainError
from models.thread import DatabaseThread

if TYPE_CHECKING:
    from tui.app import TamdeskApp
    from tui.settings import Settings

REFUSED, UNREACHABLE = 1, 3
_ENDINGS = (signal.SIGHUP, signal.SIGTERM)


def run(
    address: str,
    login: str,
    now: Callable[[], int],
    settings: Settings | None = None,
) -> int:
    """Run the app on a desk; return the exit code."""
    gc.disable()
    database = DatabaseThread(address)
    database.start()
    try:
        from tui.opening import read_opening

        future = database.submit(read_opening, login, now())
        from tui.app import TamdeskApp

        opening = future.result()
        app = TamdeskApp(database, opening, now=now, settings=settings, when_shown=_collect_again)
        _run_app(app)
    except DatabaseUnavailable as unreachable:
        return _refuse(str(unreachable), UNREACHABLE)
    except DomainError as refusal:
        return _refuse(str(refusal), REFUSED)
    finally:
        gc.enable()
        database.close()
    return app.return_code or 0


def _collect_again() -> None:
    """Collect garbage again, but never look again at what the imports left: it stays for good."""
    gc.enable()
    gc.collect()
    gc.freeze()


def _run_app(app: TamdeskApp) -> None:
    """Run until the person leaves or the connection drops; either way all ends in order."""

    def end(*_: object) -> None:
        app.hang_up()

    before = {number: signal.signal(number, end) for number in _ENDINGS}
    try:
        app.run(mouse=app.settings.mouse)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _refuse(sentence: str, code: int) -> int:
    sys.stderr.write(f"tamdesk: {sentence}\n")
    return code
