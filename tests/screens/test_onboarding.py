"""On the checklist a TAM works with single keys; what cannot be done says why, and nothing typed is lost."""

from pathlib import Path

import pytest

from models import journal
from models.connection import open_desk
from models.onboardings import OnboardingItem
from models.reading import rows, scalar
from onboarding import items
from screens.onboarding import OnboardingScreen
from tests.screens.onboarding_desk import NOW, Made, checklist, hint, line_with, make, press, said, write
from tests.screens.queue_desk import shown, toasts

SIZES = [(80, 24), (120, 36)]
CHECK = "Check of prerequisites and architecture"


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make(str(tmp_path / "desk.db"))


def state(made: Made, key: str, *names: str) -> tuple[object, ...]:
    desk = open_desk(made.address)
    found = rows(f"SELECT {', '.join(names or ('state',))} FROM onboarding_item WHERE id = ?", (made.items[key],))[0]
    desk.close()
    return tuple(found)


@pytest.mark.parametrize("size", SIZES)
async def test_a_topic_tells_how_far_it_is_and_an_item_who_has_to_move_and_when(
    made: Made, size: tuple[int, int]
) -> None:
    async with checklist(made, size=size) as pilot:
        assert "▾ Architecture  0/3  ✕ 1 overdue" in line_with(pilot, "Architecture  ")
        assert "→ 2 for Globex" in line_with(pilot, "▾ Administration")
        check = line_with(pilot, f"◐ !{CHECK}")
        assert "T   ours" in check and "✕ 5 Jun" in check and "✎1" in check
        assert "■ !Configuration of identity and access" in said(pilot) and "→ VVD theirs" in said(pilot)
        assert f"── {CHECK}" in said(pilot) and "https://example.com/drawing" in said(pilot)
        assert all(len(line) <= size[0] for line in shown(pilot))


async def test_topics_fold_with_keys_and_the_cursor_stays_in_them(made: Made) -> None:
    async with checklist(made) as pilot:
        await press(pilot, "h")
        assert "▸ Architecture" in said(pilot) and "Types of events" not in said(pilot)
        await press(pilot, "l", "j")
        assert "Types of events" in said(pilot)
        await press(pilot, "z")
        assert "▸ Migration" in said(pilot) and CHECK not in "".join(shown(pilot)[4:11])
        await press(pilot, "enter")
        assert f"◐ !{CHECK}" in said(pilot) and "▸ Migration" in said(pilot)
        await press(pilot, "z", "z")
        assert "▾ Migration" in said(pilot)


async def test_an_item_is_done_started_reopened_and_undone_with_a_key_each(made: Made) -> None:
    async with checklist(made) as pilot:
        await press(pilot, "d")
        assert state(made, "architecture-check") == ("done",)
        assert toasts(pilot)[-1].startswith("Tom finished Check")
        await press(pilot, "d")
        assert toasts(pilot)[-1] == "It is done already."
        await press(pilot, "U", "s")
        assert state(made, "architecture-check") == ("doing",)
        await press(pilot, "u")
        assert state(made, "architecture-check") == ("to do",)


async def test_done_before_what_comes_first_says_which_and_lets_a_tam_say_why(made: Made) -> None:
    async with checklist(made) as pilot:
        await press(pilot, "j")
        assert f"comes after {CHECK}" in said(pilot)
        await press(pilot, "d")
        assert "These come first and are open:" in said(pilot) and f"○ {CHECK}" in said(pilot)
        await press(pilot, "enter")
        assert "give a reason why it is done before" in hint(pilot)
        await write(pilot, "they sized it themselves")
        await press(pilot, "enter")
        assert state(made, "schemas", "state", "reason") == ("done", "they sized it themselves")


async def test_an_engineer_is_told_what_comes_first(made: Made) -> None:
    async with checklist(made, "ben") as pilot:
        await press(pilot, "j", "d")
        assert f"comes after {CHECK}; finish that first, or ask a TAM or a lead." in toasts(pilot)[-1]
        await press(pilot, "x")
        assert toasts(pilot)[-1] == "Only a TAM or a lead says what is needed."


@pytest.mark.parametrize("size", SIZES)
async def test_a_block_names_who_and_why_and_shows_at_once(made: Made, size: tuple[int, int]) -> None:
    async with checklist(made, size=size) as pilot:
        await press(pilot, "b", "enter")
        assert isinstance(pilot.app.screen, OnboardingScreen) is False
        await press(pilot, "tab")
        await write(pilot, "no drawing yet")
        assert "waits for Globex, since now" in said(pilot)
        await press(pilot, "ctrl+o")
        assert state(made, "architecture-check", "state", "blocked_by", "reason") == (
            "blocked", "customer", "no drawing yet",
        )  # fmt: skip
        assert "blocked by customer since 10 Jun: no drawing yet" in said(pilot)
        await press(pilot, "s")
        assert state(made, "architecture-check") == ("doing",)


async def test_a_block_may_name_somebody_and_a_day_that_has_come(made: Made) -> None:
    async with checklist(made) as pilot:
        await press(pilot, "b", "s", "tab")
        await write(pilot, "Dora")
        await press(pilot, "enter")
        await write(pilot, "on leave")
        await press(pilot, "enter")
        await write(pilot, "2026-07-01")
        await press(pilot, "enter")
        assert "a day that has not come yet" in hint(pilot)
        await press(pilot, *["backspace"] * 10)
        await write(pilot, "2026-06-08")
        await press(pilot, "enter")
        assert state(made, "architecture-check", "state", "blocked_by") == ("blocked", "Dora")
        assert "blocked by Dora since 8 Jun" in said(pilot)


async def test_an_item_has_one_owner_of_either_side_also_one_who_is_new(made: Made) -> None:
    async with checklist(made) as pilot:
        await press(pilot, "o")
        await write(pilot, "ben")
        await press(pilot, "enter")
        assert state(made, "architecture-check", "owner", "side") == ("Ben", "vendor")
        await press(pilot, "o")
        await write(pilot, "Olga New")
        assert "somebody else at Globex" in said(pilot)
        await press(pilot, "enter")
        assert state(made, "architecture-check", "owner", "side") == ("Olga New", "customer")
        assert "→ ON  theirs" in line_with(pilot, f"◐ !{CHECK}")


async def test_a_day_is_set_on_a_working_day_and_taken_away_again(made: Made) -> None:
    async with checklist(made) as pilot:
        await press(pilot, "j", "D")
        await write(pilot, "2026-06-27")
        await press(pilot, "enter")
        assert "is not a working day for Globex; take 2026-06-29" in hint(pilot)
        await press(pilot, *["backspace"] * 2)
        await write(pilot, "26")
        await press(pilot, "enter")
        assert state(made, "schemas", "due_on", "pinned") == ("2026-06-26", 1)
        assert "fixed by hand" in said(pilot)
        await press(pilot, "D", "enter")
        assert state(made, "schemas", "pinned") == (0,)


@pytest.mark.parametrize("size", SIZES)
async def test_evidence_is_a_link_a_note_or_a_file(made: Made, size: tuple[int, int], tmp_path: Path) -> None:
    drawing = tmp_path / "drawing.txt"
    drawing.write_text("boxes and lines")
    async with checklist(made, size=size) as pilot:
        await press(pilot, "j", "e", "tab")
        await write(pilot, "ftp://somewhere")
        await press(pilot, "ctrl+o")
        assert "is no web address" in hint(pilot)
        await press(pilot, "escape", "e")
        assert "ftp://somewhere" in said(pilot)
        await press(pilot, "n", "tab")
        await write(pilot, "Sized on the call.")
        await press(pilot, "ctrl+o")
        assert "✎1" in line_with(pilot, "Database schemas")
        await press(pilot, "e", "enter", "f", "tab")
        await write(pilot, str(drawing))
        await press(pilot, "tab", "right", "ctrl+o")
        assert "✎2" in line_with(pilot, "Database schemas")
        await press(pilot, "e")
        assert "note, Tom, 10:00" in said(pilot) and "file, internal, Tom, 10:00" in said(pilot)


async def test_evidence_is_looked_at_copied_and_taken_away(made: Made) -> None:
    async with checklist(made) as pilot:
        await press(pilot, "e", "down", "enter")
        assert "https://example.com/drawing" in said(pilot)
        await press(pilot, "y")
        assert toasts(pilot)[-1] == "Copied."
        await press(pilot, "e", "down", "enter", "r")
        assert "✎1" not in said(pilot)
        await press(pilot, "u")
        assert "✎1" in said(pilot)


async def test_an_item_that_is_not_needed_goes_out_with_a_reason_and_comes_back(made: Made) -> None:
    async with checklist(made) as pilot:
        await press(pilot, "j", "j", "x", "enter")
        assert "why this customer does not need it" in hint(pilot)
        await write(pilot, "no events here")
        await press(pilot, "enter")
        assert "▾ Architecture 0/2" in said(pilot) and "not needed: no events here" in said(pilot)
        await press(pilot, "U")
        assert "▾ Architecture 0/3" in said(pilot)


async def test_an_own_item_is_added_to_the_topic_and_changed(made: Made) -> None:
    async with checklist(made) as pilot:
        await press(pilot, "N")
        await write(pilot, "Rename the realm")
        await press(pilot, "ctrl+o")
        assert "Rename the realm" in said(pilot)
        assert "▾ Architecture 0/4" in said(pilot)
        await press(pilot, "j", "j", "j", "enter", "tab")
        await write(pilot, "Both sites log in.")
        await press(pilot, "ctrl+o")
        assert "done means: Both sites log in." in said(pilot)


async def test_what_comes_first_is_chosen_and_a_circle_is_refused(made: Made) -> None:
    async with checklist(made) as pilot:
        await press(pilot, "j", "n")
        assert f"✓ {CHECK[:18]}" in said(pilot)
        await press(pilot, "enter")
        assert "no longer" in toasts(pilot)[-1] and "comes after" not in said(pilot)
        await press(pilot, "n")
        await write(pilot, "check of prereq")
        await press(pilot, "enter", "k", "n")
        await write(pilot, "database schemas")
        await press(pilot, "enter")
        assert "in a circle" in toasts(pilot)[-1]


async def test_filters_show_mine_the_customers_and_what_is_overdue(made: Made) -> None:
    async with checklist(made) as pilot:
        await press(pilot, "f")
        assert "[mine]" in said(pilot) and "Types of events" not in said(pilot) and CHECK in said(pilot)
        await press(pilot, "f")
        assert "[customer's]" in said(pilot) and "Access to the database" in said(pilot)
        assert f"◐ !{CHECK}" not in said(pilot)
        await press(pilot, "f")
        assert "[overdue]" in said(pilot) and f"◐ !{CHECK}" in said(pilot)
        await press(pilot, "d")
        assert "Nothing is overdue. f shows the others." in said(pilot)
        await press(pilot, "f")
        assert "[all]" in said(pilot)


async def test_what_is_typed_outlives_a_colleague_who_was_faster(made: Made) -> None:
    async with checklist(made) as pilot:
        await press(pilot, "j", "j", "x")
        await write(pilot, "no events here")
        desk = open_desk(made.address)
        items.start(made.items["event-types"], made.who.ben, NOW)
        desk.close()
        await press(pilot, "enter")
        assert "What you typed is kept; ^o saves it all the same." in hint(pilot)
        await press(pilot, "ctrl+o")
        assert state(made, "event-types", "state", "reason") == ("not needed", "no events here")


async def test_time_is_logged_on_the_item(made: Made) -> None:
    async with checklist(made) as pilot:
        await press(pilot, "plus")
        await press(pilot, "home")
        await write(pilot, "45m ")
        await press(pilot, "enter")
        desk = open_desk(made.address)
        assert scalar("SELECT minutes FROM time_entry WHERE item_id = ?", (made.items["architecture-check"],)) == 45
        desk.close()
        assert "0:45 h logged" in said(pilot)


@pytest.mark.parametrize("key", list("dsboDexN"))
async def test_who_may_only_look_is_told_so(made: Made, key: str) -> None:
    async with checklist(made, "rita") as pilot:
        await press(pilot, "j", key)
        assert toasts(pilot)[-1].startswith("You may look, but not change anything")


async def test_a_topic_under_the_cursor_takes_no_key_of_an_item(made: Made) -> None:
    async with checklist(made) as pilot:
        await press(pilot, "k", "d")
        assert toasts(pilot)[-1] == "This is a topic; go to one of its items."


async def test_markup_and_control_characters_of_a_title_stay_text(made: Made) -> None:
    desk = open_desk(made.address)
    with journal.transaction(None, NOW, "setup") as tx:
        tx.update(OnboardingItem, made.items["architecture-check"], title="[red]x[/red]\x1b[2J", topic="A\x1b[2J")
        tx.say("It was hostile.")
    desk.close()
    async with checklist(made) as pilot:
        assert "[red]x[/red]␛[2J" in said(pilot) and "▾ A␛[2J" in said(pilot)
        for key in "bDenx":
            await press(pilot, key)
            assert "\x1b" not in said(pilot) and "␛[2J" in said(pilot)
            await press(pilot, "escape")


async def test_topics_with_nothing_left_to_do_are_folded_at_first(made: Made) -> None:
    desk = open_desk(made.address)
    for key in ("architecture-check", "schemas", "event-types"):
        items.done(made.items[key], made.who.tom, NOW)
    desk.close()
    async with checklist(made) as pilot:
        assert "▸ Architecture 3/3" in said(pilot)
        assert "── Configuration of identity and access management" in said(pilot)
        await press(pilot, "g", "enter")
        assert f"● {CHECK}" in said(pilot)
