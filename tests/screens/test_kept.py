"""Canned replies and macros are looked after where they are chosen: changed, deleted, and given back."""

import json

import pytest

import screens.queue_list
from models.agreements import Contract
from models.journal import transaction
from models.reading import rows, scalar
from tests.screens.queue_desk import TUESDAY_10, Clock, columns, make_desk, opened, shown, toasts
from tests.screens.test_queue_query import ANNA, BEN, SIZES, on_the_desk, press
from tests.screens.ticket_desk import Made, app_on
from tests.screens.ticket_desk import press as pressed
from tickets import canned, macros
from tickets.actions import Assign, Note, Reply, Tag


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens.queue_list, "REST_SECONDS", 0)


@pytest.fixture
def address(sqlite_address: str) -> str:
    make_desk(sqlite_address, [columns(n, due_in=(n + 1) * 600) for n in range(3)])
    return sqlite_address


def bodies(address: str) -> list[tuple]:
    return on_the_desk(address, rows, "SELECT name, language, body FROM canned_reply ORDER BY id")


def make(address: str, name: str, body: str = "Hello", actor: int = ANNA, **more) -> int:
    return on_the_desk(address, canned.create, name, body, actor, TUESDAY_10, **more)


@pytest.mark.parametrize("size", SIZES)
async def test_a_reply_is_changed_in_the_list_and_then_chosen(address, size):
    make(address, "Hello", "Helo {contact}", language="en")
    async with opened(address, Clock(), size=size) as pilot:
        await press(pilot, "R")
        assert any("^g changes  ^r deletes  esc closes" in line for line in shown(pilot))
        await press(pilot, "ctrl+g")
        form = pilot.app.screen
        assert (form.name_line.value, form.language.value, form.editor.text) == ("Hello", "en", "Helo {contact}")
        form.name_line.value, form.language.value, form.editor.text = "Hallo", "German", "Hallo {contact}"
        await press(pilot, "ctrl+o")
        assert bodies(address) == [("Hallo", "de", "Hallo {contact}")]
        assert any("Hallo" in line and "de  Hallo {contact}" in line for line in shown(pilot))
        await press(pilot, "enter")
        assert pilot.app.screen.composer.editor.text == "Hallo Acme Bank"


async def test_a_reply_is_deleted_after_a_question_and_u_gives_it_back(address):
    make(address, "Adieu")
    make(address, "Bye")
    async with opened(address, Clock()) as pilot:
        await press(pilot, "R", "down", "ctrl+r", "enter")
        assert len(bodies(address)) == 2
        await press(pilot, "ctrl+r", "y")
        assert [name for name, *_ in bodies(address)] == ["Adieu"]
        assert any("u takes that back" in toast for toast in toasts(pilot))
        assert not any("Bye" in line and "▸" in line for line in shown(pilot))
        await press(pilot, "escape", "u")
        assert [name for name, *_ in bodies(address)] == ["Adieu", "Bye"]


async def test_what_is_narrowed_stays_narrowed_and_the_right_one_is_meant(address):
    make(address, "Adieu")
    make(address, "Bye")
    async with opened(address, Clock()) as pilot:
        await press(pilot, "R", "b", "ctrl+g")
        assert pilot.app.screen.name_line.value == "Bye"
        await press(pilot, "escape", "ctrl+r", "y")
        assert [name for name, *_ in bodies(address)] == ["Adieu"]
        assert any("No such reply" in line for line in shown(pilot))
        await press(pilot, "ctrl+g")
        assert any("No such reply" in toast for toast in toasts(pilot))


async def test_someone_who_was_faster_is_told_of_and_the_text_is_kept(address):
    reply = make(address, "Hello")
    async with opened(address, Clock()) as pilot:
        await press(pilot, "R", "ctrl+g")
        pilot.app.screen.editor.text = "Good morning"
        on_the_desk(address, canned.change, reply, ANNA, TUESDAY_10, body="Good evening")
        await press(pilot, "ctrl+o")
        assert "Anna changed the canned reply 'Hello'. Your text is kept; ^o saves it" in pilot.app.screen.hint.text
        assert pilot.app.screen.editor.text == "Good morning"
        assert bodies(address)[0][2] == "Good evening"
        await press(pilot, "ctrl+o")
        assert bodies(address)[0][2] == "Good morning"


async def test_a_list_that_is_old_deletes_nothing_and_is_read_again(address):
    reply = make(address, "Hello")
    async with opened(address, Clock()) as pilot:
        await press(pilot, "R")
        on_the_desk(address, canned.change, reply, ANNA, TUESDAY_10, name="Welcome")
        await press(pilot, "ctrl+r", "y")
        assert [name for name, *_ in bodies(address)] == ["Welcome"]
        assert any("has changed since" in toast for toast in toasts(pilot))
        assert any("▸ Welcome" in line for line in shown(pilot))


async def test_what_all_share_is_the_leads_to_change(address):
    make(address, "Ours", shared=True)
    make(address, "Mine", actor=BEN)
    async with opened(address, Clock(), login="ben") as pilot:
        await press(pilot, "R", *"ours", "ctrl+g", "ctrl+r")
        assert [toast for toast in toasts(pilot) if "only a lead changes it" in toast]
        assert type(pilot.app.screen).__name__ == "KeptChooser"
        await press(pilot, "ctrl+u", *"mine", "ctrl+g")
        assert pilot.app.screen.whose.values == ("mine alone",)


@pytest.mark.parametrize("size", SIZES)
async def test_a_macro_is_changed_in_words_and_keeps_what_was_not_touched(address, size):
    for language in ("de", "en", "fr"):
        make(address, "Known", f"In {language}", language=language, shared=True)
    mine = make(address, "Known", "Mine")
    steps = (Assign("ben", "Look"), Note("One\n\ntwo"), Reply(2, "solved"), Reply(mine))
    on_the_desk(address, macros.create, "Known", steps[:3], ANNA, TUESDAY_10, shared=True)
    async with opened(address, Clock(), size=size) as pilot:
        await press(pilot, "M", "ctrl+g")
        form = pilot.app.screen
        assert form.editor.text == "assign ben Look\nnote One\n  \n  two\nreply Known, then solved"
        form.editor.text += "\ntag sso"
        form.name_line.value = "Known bug"
        await press(pilot, "ctrl+o")
        held = on_the_desk(address, macros.macro, 1, ANNA)
        assert (held.name, held.steps) == ("Known bug", (*steps[:3], Tag(("sso",))))
        assert any("assign, note, reply, tag" in line for line in shown(pilot))
        await press(pilot, "escape", "u")
        assert on_the_desk(address, macros.macro, 1, ANNA).steps == steps[:3]


async def test_a_macro_is_deleted_after_a_question(address):
    on_the_desk(address, macros.create, "Known", [Tag(("sso",))], ANNA, TUESDAY_10)
    async with opened(address, Clock()) as pilot:
        await press(pilot, "M", "ctrl+r", "n")
        assert on_the_desk(address, scalar, "SELECT COUNT(*) FROM macro") == 1
        await press(pilot, "ctrl+r", "y")
        assert on_the_desk(address, scalar, "SELECT COUNT(*) FROM macro") == 0
        assert any("No such macro.  " in line and "E in the queue makes one." in line for line in shown(pilot))


async def test_a_macro_that_changed_meanwhile_keeps_what_was_written(address):
    macro = on_the_desk(address, macros.create, "Known", [Tag(("sso",))], ANNA, TUESDAY_10)
    async with opened(address, Clock()) as pilot:
        await press(pilot, "M", "ctrl+g")
        pilot.app.screen.editor.text = "tag mine"
        on_the_desk(address, macros.change, macro, ANNA, TUESDAY_10, steps=[Tag(("theirs",))])
        await press(pilot, "ctrl+o")
        assert pilot.app.screen.editor.text == "tag mine"
        await press(pilot, "ctrl+o")
        assert on_the_desk(address, macros.macro, macro, ANNA).steps == (Tag(("mine",)),)


async def test_the_list_on_a_ticket_begins_with_the_language_of_its_contract(made: Made):
    for name, language in (("A", "en"), ("B", "fr"), ("C", "de")):
        make(made.address, name, language=language, actor=made.anna)
    on_the_desk(made.address, _speaks, made, "French")
    async with app_on(made.address) as pilot:
        await pressed(pilot, "r", "ctrl+l")
        assert [offer.title for offer in pilot.app.screen.offers] == ["B", "A", "C"]
        await pressed(pilot, "escape", "escape", "R")
        assert [offer.title for offer in pilot.app.screen.offers] == ["B", "A", "C"]


def _speaks(made: Made, *languages: str) -> None:
    with transaction(made.anna, TUESDAY_10, "test") as tx:
        contract = scalar("SELECT id FROM contract WHERE customer_id = ?", (made.acme,))
        tx.update(Contract, contract, order=json.dumps({"languages": languages}))
        tx.say("The order was changed.")
