"""The desk that most stories of the screens begin with."""

from collections.abc import Iterator

import pytest

from models.thread import DatabaseThread
from tests.screens.ticket_desk import Made, make


@pytest.fixture
def made(sqlite_address: str) -> Iterator[Made]:
    yield make(sqlite_address)


@pytest.fixture
def other(made: Made) -> Iterator[DatabaseThread]:
    """A colleague's program on the same desk."""
    thread = DatabaseThread(made.address)
    thread.start()
    yield thread
    thread.close()
