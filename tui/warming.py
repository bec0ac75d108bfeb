"""What the first ticket that is opened needs, fetched while nobody waits for it."""

from __future__ import annotations

AFTER_SECONDS = 0.5
"""How long after the first key; it takes 4 MiB, which a desk that nobody works on does not need."""


def warm_up() -> None:
    """Import the ticket screen and read the catalogue; runs on the database thread."""
    from importlib import import_module

    from contracts.current import catalogue

    for name in ("screens.ticket", "screens.dialogs.acting", "tickets.cards", "tickets.operations", "tickets.drafts"):
        import_module(name)
    catalogue()
