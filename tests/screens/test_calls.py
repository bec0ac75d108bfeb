"""A TAM plans, moves, skips and exports calls, and decides on those that fall on a holiday."""

from contextlib import closing
from pathlib import Path

import pytest

from models import journal
from models.connection import open_desk
from models.customers import Customer
from screens.dialogs.call_file import write_new
from tam import calls
from tam.call_rules import CallRefused
from tam.series_reading import all_series
from tests.screens.call_app import SIZES, bank, calls_of, said
from tests.screens.ticket_desk import press, shown, typed
from tests.tam.call_desk import NOW, CallDesk, agree, plan
from tests.tickets.cast import at

EASTER = at("2026-03-20 09:00")


def on(address: str, work):
    with closing(open_desk(address)):
        return work()


def tokyo(story: CallDesk, call_id: int) -> int:
    """Move the customer's office; its calls are told in our time still."""
    with journal.transaction(None, NOW, "test") as tx:
        tx.update(Customer, story.bank, zone="Asia/Tokyo")
        tx.say("Bank works in Tokyo.")
    return call_id


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_list_says_which_keys_fill_it(sqlite_address: str, size: tuple[int, int]) -> None:
    story = bank(sqlite_address)
    async with calls_of(sqlite_address, story.bank, size) as pilot:
        assert "No calls yet. N plans one, S agrees on a series." in shown(pilot)
        await press(pilot, "enter")
        assert said(pilot) == ["There is no call yet; N plans one."]


@pytest.mark.parametrize("size", SIZES)
async def test_a_call_is_planned_by_keyboard_and_taken_back(sqlite_address: str, size: tuple[int, int]) -> None:
    story = bank(sqlite_address)
    async with calls_of(sqlite_address, story.bank, size) as pilot:
        await press(pilot, "N")
        assert "Say a day and a time." in shown(pilot)
        await typed(pilot, "sat")
        await press(pilot, "tab")
        await typed(pilot, "10")
        assert "! Sat 6 Jun 2026 is a Saturday." in shown(pilot)
        await press(pilot, "shift+tab", "home", "ctrl+k")
        await typed(pilot, "thu")
        await press(pilot, "ctrl+o")
        assert "Thu 10:00" in shown(pilot)
        assert "Bank: 1 call to come" in shown(pilot)
        await press(pilot, "u")
        assert "No calls yet" in shown(pilot)


async def test_what_was_typed_of_a_call_is_there_again(sqlite_address: str) -> None:
    story = bank(sqlite_address)
    async with calls_of(sqlite_address, story.bank) as pilot:
        await press(pilot, "N")
        await typed(pilot, "next thu")
        await press(pilot, "ctrl+o")
        assert "Say a day and a time." in shown(pilot)
        await press(pilot, "escape", "N")
        assert "next thu" in shown(pilot)


async def test_a_yearly_service_review_is_a_kind_of_its_own(sqlite_address: str) -> None:
    story = bank(sqlite_address)
    async with calls_of(sqlite_address, story.bank) as pilot:
        await press(pilot, "N")
        await typed(pilot, "thu")
        await press(pilot, "tab")
        await typed(pilot, "10:00")
        await press(pilot, "tab", "tab", "tab", "right", "ctrl+o")
        assert "Service review" in shown(pilot)
        await press(pilot, "enter")
        assert "Service review with Bank" in shown(pilot)
        assert "Renewal" in shown(pilot) or "Hours" in shown(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_a_series_shows_its_next_dates_before_it_is_agreed(sqlite_address: str, size: tuple[int, int]) -> None:
    story = bank(sqlite_address)
    async with calls_of(sqlite_address, story.bank, size, now=EASTER) as pilot:
        await press(pilot, "S")
        assert "every other week" in shown(pilot)
        await press(pilot, "tab")
        await typed(pilot, "mon")
        await press(pilot, "tab")
        await typed(pilot, "14:00")
        screen = shown(pilot)
        assert "Mon 23 Mar 2026 14:00" in screen
        assert "Mon 6 Apr 2026 14:00   ! Easter Monday in CH-SG, to be moved" in screen
        await press(pilot, "ctrl+o")
        assert "Bank: 7 calls to come" in shown(pilot)
        assert "◐ closed that day 7 Apr 14:00? Easter" in shown(pilot)


async def test_a_holiday_proposal_is_accepted_with_two_keys(sqlite_address: str) -> None:
    story = bank(sqlite_address)
    on(sqlite_address, lambda: agree(story, starts_on="2026-03-23", at=EASTER))
    async with calls_of(sqlite_address, story.bank, now=EASTER) as pilot:
        await press(pilot, "j", "enter")
        assert "Easter Monday in CH-SG." in shown(pilot)
        assert "move it to Tue 7 Apr 2026 14:00" in shown(pilot)
        await press(pilot, "enter")
        assert "7 Apr 14:00" in shown(pilot)
        assert "planned, moved" in shown(pilot)
        await press(pilot, "u")
        assert "◐ closed that day" in shown(pilot)


async def test_a_call_on_a_holiday_may_stay_with_a_reason(sqlite_address: str) -> None:
    story = bank(sqlite_address)
    on(sqlite_address, lambda: agree(story, starts_on="2026-04-06", at=EASTER, ends_on="2026-04-19"))
    async with calls_of(sqlite_address, story.bank, now=EASTER) as pilot:
        await press(pilot, "enter", "s", "enter")
        assert "Say why it stays, then press enter." in shown(pilot)
        await typed(pilot, "they work")
        await press(pilot, "enter")
        assert "they work" in shown(pilot)
        assert "◐" not in shown(pilot)


async def test_a_series_is_changed_and_ended(sqlite_address: str) -> None:
    story = bank(sqlite_address)
    on(sqlite_address, lambda: agree(story))
    async with calls_of(sqlite_address, story.bank) as pilot:
        await press(pilot, "S")
        await typed(pilot, "change")
        await press(pilot, "enter", "tab", "tab", "home", "ctrl+k")
        await typed(pilot, "9:30")
        assert "Tue 2 Jun 2026 09:30" in shown(pilot)
        await press(pilot, "ctrl+o")
        assert "Tom changed review calls with Bank: every other week on Tuesday, 09:30" in said(pilot)[-1]
        await press(pilot, "S")
        await typed(pilot, "end")
        await press(pilot, "enter")
        assert "The last day is Mon 1 Jun 2026; planned calls after it go." in shown(pilot)
        await press(pilot, "enter")
        assert "No calls yet" in shown(pilot)
        assert [each.active for each in await pilot.app.call(all_series, story.bank)] == [0]


async def test_without_technical_account_management_a_form_says_so_before_it_is_filled_in(sqlite_address: str) -> None:
    story = bank(sqlite_address)
    async with calls_of(sqlite_address, story.who.hobby) as pilot:
        for key, fields in (("N", ("fri",)), ("S", ("every week", "fri"))):
            await press(pilot, key)
            for text in fields:
                await press(pilot, "end", "ctrl+u")
                await typed(pilot, text)
                await press(pilot, "tab")
            await typed(pilot, "9:00")
            assert "has no review calls on Fri 5 Jun 2026" in " ".join(shown(pilot).split())
            await press(pilot, "escape")


async def test_a_call_is_moved_and_skipped_with_a_reason_and_comes_back(sqlite_address: str) -> None:
    story = bank(sqlite_address)
    on(sqlite_address, lambda: plan(story, "Wed 10:00"))
    async with calls_of(sqlite_address, story.bank) as pilot:
        await press(pilot, "m", "tab", "home", "ctrl+k")
        await typed(pilot, "11:15")
        await press(pilot, "ctrl+o")
        assert "Wed 11:15" in shown(pilot)
        await press(pilot, "s", "ctrl+o")
        assert "Say why it is skipped in a line." in shown(pilot)
        await typed(pilot, "they are away")
        await press(pilot, "enter")
        assert "– skipped" in shown(pilot)
        assert "they are away" in shown(pilot)
        await press(pilot, "s")
        assert said(pilot)[-1] == "This call was skipped; only a planned one is skipped."


async def test_a_call_that_a_colleague_moved_meanwhile_is_not_moved_again_unseen(sqlite_address: str) -> None:
    story = bank(sqlite_address)
    call_id = on(sqlite_address, lambda: plan(story, "Wed 10:00"))
    async with calls_of(sqlite_address, story.bank) as pilot:
        await press(pilot, "m", "tab", "home", "ctrl+k")
        await typed(pilot, "11:15")
        await pilot.app.call(calls.move, call_id, at("Thu 10:00"), story.who.anna, NOW)
        await press(pilot, "ctrl+o")
        assert "This has changed since you opened it: Anna moved" in " ".join(shown(pilot).replace("│", " ").split())
        assert "11:15" in shown(pilot)


async def test_their_time_is_shown_where_it_is_another(sqlite_address: str) -> None:
    story = bank(sqlite_address)
    on(sqlite_address, lambda: tokyo(story, plan(story, "Wed 22:30")))
    async with calls_of(sqlite_address, story.bank) as pilot:
        assert "Wed 22:30         05:30 +1" in shown(pilot)
        await press(pilot, "enter")
        assert "(theirs 05:30 +1)" in shown(pilot)


async def test_engineers_and_readers_are_told_why_they_plan_nothing(sqlite_address: str) -> None:
    story = bank(sqlite_address)
    on(sqlite_address, lambda: plan(story, "Wed 10:00"))
    async with calls_of(sqlite_address, story.bank, login="ben") as pilot:
        await press(pilot, "N")
        assert said(pilot) == ["Only a TAM or a lead plans calls."]
        await press(pilot, "m")
        assert said(pilot)[-1] == "Only a TAM or a lead plans, moves and skips calls."
    async with calls_of(sqlite_address, story.bank, login="rita") as pilot:
        for key in ("N", "S", "m", "h"):
            await press(pilot, key)
        assert set(said(pilot)) == {"You may look, but not change anything; a lead can give you another role."}
        await press(pilot, "enter")
        assert "Review call with Bank" in shown(pilot)


async def test_in_the_list_of_all_the_customer_is_asked_for_and_the_near_one_comes_first(sqlite_address: str) -> None:
    story = bank(sqlite_address)
    on(sqlite_address, lambda: plan(story, "Wed 10:00"))
    async with calls_of(sqlite_address, None) as pilot:
        assert "Bank" in shown(pilot)
        await press(pilot, "N", "enter")
        assert "A call with Bank" in shown(pilot)


async def test_in_eighty_columns_the_list_of_all_still_says_what_is_proposed_and_what_is_unusual(
    sqlite_address: str,
) -> None:
    story = bank(sqlite_address)
    on(sqlite_address, lambda: agree(story, starts_on="2026-04-06", at=EASTER))
    on(sqlite_address, lambda: plan(story, "2026-03-25 10:00", at=EASTER, title="Roadmap", attendees=["Jo"]))
    async with calls_of(sqlite_address, None, SIZES[1], now=EASTER) as pilot:
        assert "○ planned         Roadmap: Jo" in shown(pilot)
        assert "◐ closed that day 7 Apr 14:00? Easter Monday" in shown(pilot)


async def test_calls_and_minutes_become_files_that_never_replace_another(
    sqlite_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.dialogs.call_file.CallFileDialog.folder", str(tmp_path))
    story = bank(sqlite_address)
    on(sqlite_address, lambda: agree(story))
    async with calls_of(sqlite_address, story.bank) as pilot:
        for _ in range(2):
            await press(pilot, "E", "ctrl+o")
        await press(pilot, "E", "right", "ctrl+o")
        await press(pilot, "E", "left", "ctrl+o")
        await press(pilot, "E", "tab", "home", "ctrl+k")
        await typed(pilot, str(tmp_path / "no" / "folder.ics"))
        await press(pilot, "ctrl+o")
        assert "cannot be written: No such file or directory." in " ".join(shown(pilot).replace("│", " ").split())
    names = sorted(path.name for path in tmp_path.iterdir() if path.suffix in (".ics", ".md"))
    assert names == [
        "bank-2026-06-02-2.ics",
        "bank-2026-06-02-minutes.md",
        "bank-2026-06-02.ics",
        "bank-review-call.ics",
    ]


def test_a_file_gets_a_number_where_one_is_there(tmp_path: Path) -> None:
    written = [write_new(tmp_path, "a.ics", b"1").name for _ in range(3)]
    assert written == ["a.ics", "a-2.ics", "a-3.ics"]
    with pytest.raises(CallRefused, match="cannot be written"):
        write_new(tmp_path / "none" / "a.ics", "a.ics", b"1")


async def test_the_minutes_are_copied(sqlite_address: str) -> None:
    story = bank(sqlite_address)
    on(sqlite_address, lambda: plan(story, "Wed 10:00"))
    async with calls_of(sqlite_address, story.bank) as pilot:
        await press(pilot, "y")
        assert pilot.app.clipboard.startswith("# Review call: Bank\n")


async def test_what_a_colleague_does_is_seen_at_once(sqlite_address: str) -> None:
    story = bank(sqlite_address)
    call_id = on(sqlite_address, lambda: plan(story, "Wed 10:00"))
    async with calls_of(sqlite_address, story.bank) as pilot:
        await pilot.app.call(calls.skip, call_id, "Ill", story.who.anna, NOW)
        await press(pilot, "k")
        assert "– skipped" in shown(pilot)
        await pilot.app.call(journal.undo, story.who.anna, NOW)
        await press(pilot, "k")
        assert "○ planned" in shown(pilot)
