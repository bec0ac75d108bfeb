"""The form says what the contract makes of a request while it is filled in, and what to ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.screens.ticket_desk import Made, app_on, make, press, shown, typed
from tickets import attachments, requests

SIZES = ((120, 36), (80, 24))


@pytest.fixture
def made(sqlite_address: str) -> Iterator[Made]:
    yield make(sqlite_address)


def words(pilot: Pilot[None]) -> str:
    """What the screen says, without the frames."""
    return " ".join(shown(pilot).replace("│", " ").split())


async def begun(pilot: Pilot[None]) -> None:
    """Fill in the first part of the form; the scenario has the focus then."""
    await press(pilot, "N")
    await typed(pilot, "acme")
    await press(pilot, "enter", "tab", "tab", "tab")
    await typed(pilot, "Tokens expire")
    await press(pilot, "tab")
    await typed(pilot, "All of them.")
    await press(pilot, "tab")


@pytest.mark.parametrize("size", SIZES)
async def test_a_problem_is_taken_in_with_all_that_was_said(made: Made, size: tuple[int, int], tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text("it broke")
    async with app_on(made.address, size) as pilot:
        await begun(pilot)
        assert "✓ Jo of Acme is named in the order" in words(pilot)
        await press(pilot, "s", "tab", "2", "tab")
        assert "✓ in scope" in words(pilot)
        for text in ("nobody works", "they expire", "they last", "log in", "two networks", "tokens"):
            await typed(pilot, text)
            await press(pilot, "tab")
        await press(pilot, "n", "tab", "tab")
        await typed(pilot, str(tmp_path / "a.log"))
        await press(pilot, "ctrl+o")
        assert "#2  Tokens expire" in shown(pilot)
        facts = await pilot.app.call(requests.facts, 2)
        assert facts[:6] == ("error", "they expire", "they last", "log in", "two networks", "tokens")
        assert [each.name for each in await pilot.app.call(attachments.attachments, 2)] == ["a.log"]
        draft = await pilot.app.call(requests.draft_of, 2)
        assert (draft.customer_severity, draft.impact) == (2, "nobody works")
        assert requests.missing(draft) == []


@pytest.mark.parametrize("size", SIZES)
async def test_what_support_excludes_is_told_with_what_to_offer(made: Made, size: tuple[int, int]) -> None:
    async with app_on(made.address, size) as pilot:
        await begun(pilot)
        await press(pilot, "c")
        assert "offer a quote" in words(pilot)
        await press(pilot, "a")
        assert "send it back to the customer" in words(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_missing_becomes_a_reply_that_asks_for_it(made: Made, size: tuple[int, int]) -> None:
    async with app_on(made.address, size) as pilot:
        await begun(pilot)
        assert "? missing: what kind of request it is" in words(pilot)
        await press(pilot, "ctrl+g")
        composer = pilot.app.screen.composer
        assert composer.kind == "reply"
        assert composer.editor.text.startswith("Hello Jo of Acme")


async def test_the_customers_severity_counts_until_somebody_chooses_another(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await begun(pilot)
        await press(pilot, "s", "tab", "1")
        assert pilot.app.screen.severity.value == "1"
        await press(pilot, "escape", "N")
        form = pilot.app.screen
        form.request.theirs.focus()
        await press(pilot, "2")
        assert form.severity.value == "2"
        form.severity.focus()
        await press(pilot, "4")
        form.request.theirs.focus()
        await press(pilot, "1")
        assert form.severity.value == "4"


async def test_a_form_that_was_kept_says_so_and_is_emptied_and_put_back_with_a_key(made: Made) -> None:
    async with app_on(made.address, (80, 24)) as pilot:
        await begun(pilot)
        await press(pilot, "escape", "N")
        form = pilot.app.screen
        assert "New ticket · kept from before, ^r empties it" in words(pilot)
        await press(pilot, "ctrl+r")
        assert (form.customer.value, form.subject.value, form.customer_id) == ("", "", None)
        assert "emptied, ^r puts it back" in words(pilot)
        await press(pilot, "ctrl+r")
        assert (form.subject.value, form.text.text) == ("Tokens expire", "All of them.")
        assert form.customer_id is not None
        await typed(pilot, "acme")
        assert form.customer.value == "acme"


async def test_a_refusal_keeps_the_form_and_a_file_that_is_not_there_is_told(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await begun(pilot)
        pilot.app.screen.request.files.value = "/nowhere/a.log"
        await press(pilot, "ctrl+o")
        assert "/nowhere/a.log cannot be read" in words(pilot)
        await press(pilot, "d", "escape", "N")
        form = pilot.app.screen
        assert form.request.scenario.value == "Documentation is incorrect or missing"
        assert form.request.files.value == "/nowhere/a.log"
