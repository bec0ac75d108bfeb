"""The demo desk, made once at a fixed instant; each story works on a copy of its own."""

import shutil
from pathlib import Path

import pytest

import screens.queue_list
from cli.demo.command import make
from tests.stories.desk import NOW


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo desk as `tamdesk demo` makes it."""
    path = tmp_path_factory.mktemp("demo") / "desk.db"
    make(str(path), seed=1, now=NOW)
    return path


@pytest.fixture
def demo(demo_template: Path, tmp_path: Path) -> str:
    """The address of a demo desk of this story's own."""
    path = tmp_path / "desk.db"
    shutil.copy(demo_template, path)
    return str(path)


@pytest.fixture(autouse=True)
def preview_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The preview follows the cursor without a rest, so that no story has to wait for it."""
    monkeypatch.setattr(screens.queue_list, "REST_SECONDS", 0)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of the people whose programs run: an empty folder; their programs keep holiday tables there."""
    return tmp_path_factory.mktemp("home")
