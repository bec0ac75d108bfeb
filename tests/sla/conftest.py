from collections.abc import Iterator

import pytest

from sla.holiday_tables import use_cache


@pytest.fixture(autouse=True)
def no_cache_folder() -> Iterator[None]:
    """What a test keeps on disk is forgotten by the next one."""
    yield
    use_cache(None)
