"""The real program opens on the tickets, and by then has imported nothing that it does not show."""

from pathlib import Path

from tests.stories.programs import tamdesk

HEAVY = {
    "arrow",
    "holidays",
    "msgspec",
    "psycopg2",
    "playhouse",
    "numpy",
    "markdown_it",
    "textual.widgets._data_table",
    "textual.widgets._text_area",
    "textual.widgets._markdown",
    "screens.ticket",
    "screens.places",
    "screens.dialogs.acting",
}


def modules_at_the_first_frame(demo: str, home: Path) -> set[str]:
    """Open the app, look, leave, and say what it had imported."""
    found = home / "modules"
    with tamdesk(demo, home, environment={"TAMDESK_TEST_MODULES": str(found)}) as terminal:
        terminal.see("1 Queue", "Logins fail for every user", "^p palette")
        terminal.press("q")
        assert terminal.ended() == 0
    return set(found.read_text().split())


def test_the_first_tickets_stand_before_anything_heavy_is_imported(demo, home):
    modules_at_the_first_frame(demo, home)  # holiday tables are computed once on a machine
    modules = modules_at_the_first_frame(demo, home)
    assert {"cli.main", "tui.app", "screens.queue"} <= modules
    assert not HEAVY & modules
