"""A customer calls for a manager: recorded, seen by the lead, answered or taken back."""

from collections.abc import Iterator

import pytest

from models.thread import DatabaseThread
from tests.screens.ticket_desk import NOW, Made, app_on, make, press, settle, shown, typed
from tickets import operations
from tickets.escalation_reading import escalations

SIZES = ((120, 36), (80, 24))


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


@pytest.mark.parametrize("size", SIZES)
async def test_an_urgent_call_is_recorded_with_when_it_came_and_shows_when_an_answer_is_due(
    made: Made, size: tuple[int, int]
) -> None:
    async with app_on(made.address, size) as pilot:
        await press(pilot, "enter", "e")
        screen = shown(pilot)
        assert "The customer of #1 calls for a manager" in screen
        assert "2 business hours: an answer is due 15:40" in screen
        await press(pilot, "u", "enter")
        await typed(pilot, "they lose money")
        await press(pilot, "enter")
        await typed(pilot, "13:20")
        assert "2 business hours: an answer is due 15:20" in shown(pilot)
        await press(pilot, "ctrl+o")
        found = (await pilot.app.call(escalations, made.ticket))[0]
        assert (found.kind, found.called_at, found.reason) == ("urgent", NOW - 1200, "they lose money")
        await press(pilot, "f") if size[0] == 80 else None
        assert "an answer is due 15:20" in " ".join(shown(pilot).split())


async def test_a_time_that_is_none_is_told_while_it_is_typed(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "e", "u", "enter")
        await typed(pilot, "why not")
        await press(pilot, "enter")
        await typed(pilot, "25:99")
        assert "'25:99' is no time; type it like 14:05" in shown(pilot)
        await press(pilot, "ctrl+o")
        assert await pilot.app.call(escalations, made.ticket) == []
        await press(pilot, "escape", "e")
        assert "why not" in shown(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_a_manager_answers_in_the_ticket(made: Made, other: DatabaseThread, size: tuple[int, int]) -> None:
    other.submit(operations.escalate, made.ticket, "non-urgent", "nobody calls back", made.ben, NOW - 60).result()
    async with app_on(made.address, size) as pilot:
        await press(pilot, "e")
        screen = shown(pilot)
        assert "#1 is escalated" in screen
        assert "Anna answers · nobody calls back" in screen or "anna answers · nobody calls back" in screen
        assert "esc closes" in screen
        await press(pilot, "a", "enter")
        await typed(pilot, "I take care of it.")
        await press(pilot, "ctrl+o")
        found = (await pilot.app.call(escalations, made.ticket))[0]
        assert found.answered_at == NOW
        await press(pilot, "enter")
        assert "I take care of it." in shown(pilot)


async def test_an_engineer_withdraws_but_does_not_answer(made: Made, other: DatabaseThread) -> None:
    other.submit(operations.escalate, made.ticket, "urgent", "now", made.anna, NOW - 60, called_at=NOW - 60).result()
    async with app_on(made.address, login="ben") as pilot:
        await press(pilot, "e")
        assert "managers do" in shown(pilot)
        await press(pilot, "w", "ctrl+o")
        assert "needs a reason" in shown(pilot)
        await press(pilot, "enter")
        await typed(pilot, "it works again")
        await press(pilot, "ctrl+o")
        assert (await pilot.app.call(escalations, made.ticket))[0].withdrawn_at == NOW


async def test_the_e_mail_that_came_before_the_call_starts_the_clock(made: Made, other: DatabaseThread) -> None:
    other.submit(operations.escalate, made.ticket, "urgent", "now", made.anna, NOW - 60, called_at=NOW - 60).result()
    async with app_on(made.address) as pilot:
        await press(pilot, "e", "c", "enter")
        await typed(pilot, "13:00")
        await press(pilot, "ctrl+o")
        found = (await pilot.app.call(escalations, made.ticket))[0]
        assert (found.mailed_at, found.raised_at) == (NOW - 2400, NOW - 2400)


async def test_a_non_urgent_one_becomes_urgent_and_goes_to_a_manager(made: Made, other: DatabaseThread) -> None:
    other.submit(operations.escalate, made.ticket, "non-urgent", "slow", made.ben, NOW - 60).result()
    async with app_on(made.address) as pilot:
        await press(pilot, "e", "u", "enter")
        assert "calls for a manager" in shown(pilot)
        await press(pilot, "enter")
        await typed(pilot, "down again")
        await press(pilot, "ctrl+o")
        kinds = [each.kind for each in await pilot.app.call(escalations, made.ticket)]
        assert kinds == ["non-urgent", "urgent"]
        await press(pilot, "e", "g", "ctrl+o")
        await settle(pilot)
        assert {each.owner_id for each in await pilot.app.call(escalations, made.ticket)} == {made.anna}


@pytest.mark.parametrize("size", SIZES)
async def test_a_lead_hears_of_it_once_and_finds_it_above_what_was_missed(
    made: Made, other: DatabaseThread, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app_on(made.address, size) as pilot:
        rung: list[int] = []
        monkeypatch.setattr(pilot.app, "bell", lambda: rung.append(1))
        other.submit(operations.escalate, made.ticket, "urgent", "all is down", made.ben, NOW - 60).result()
        while not rung:
            await settle(pilot)
        assert [note.message for note in pilot.app._notifications] == [
            "Ben Keller recorded the urgent escalation of #1: all is down"
        ]
        await press(pilot, "5")
        screen = shown(pilot)
        assert "1 call for a manager" in screen
        assert "urgent" in screen
        assert "Logins fail for" in screen
        await press(pilot, "enter")
        assert "#1  Logins fail" in shown(pilot)
        assert rung == [1]


@pytest.mark.parametrize(("login", "by"), [("anna", "anna"), ("ben", "anna")])
async def test_nobody_hears_a_bell_for_their_own_or_without_leading(
    made: Made, login: str, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app_on(made.address, login=login) as pilot:
        rung: list[int] = []
        monkeypatch.setattr(pilot.app, "bell", lambda: rung.append(1))
        told: list[str] = []
        pilot.app.changes.subscribe(lambda notes: told.extend(note.kind for note in notes))
        actor = made.anna if by == "anna" else made.ben
        await pilot.app.call(operations.escalate, made.ticket, "urgent", "all is down", actor, NOW)
        while "escalate" not in told:
            await settle(pilot)
        assert rung == []


@pytest.mark.parametrize("size", SIZES)
async def test_why_explains_either_clock(made: Made, other: DatabaseThread, size: tuple[int, int]) -> None:
    other.submit(operations.escalate, made.ticket, "urgent", "all is down", made.ben, NOW).result()
    async with app_on(made.address, size) as pilot:
        await press(pilot, "w")
        assert "Why is #1 due on Tue 2 Jun 2026 14:50 Europe/Zurich?" in shown(pilot)
        assert "w the other clock" in shown(pilot)
        await press(pilot, "w")
        assert "Why is #1 due on Tue 2 Jun 2026 15:40 Europe/Zurich?" in shown(pilot)
        assert "urgent escalation" in shown(pilot)
        await press(pilot, "w")
        assert "Why is #1 due on Tue 2 Jun 2026 14:50 Europe/Zurich?" in shown(pilot)


async def test_a_ticket_with_one_clock_has_no_other_to_explain(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "w", "w")
        assert any("no other clock" in note.message for note in pilot.app._notifications)
