"""What the stories of contracts share."""

import pytest

from contracts.reader import Catalogue, load


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load()
