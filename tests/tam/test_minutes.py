"""The minutes of a call can go to the customer as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.connection import Desk
from models.errors import NotFound
from tam import actions, calls, feedback, minutes
from tests.tam.call_desk import NOW, call_desk, plan
from tests.tickets.cast import at, receive


def test_minutes_say_who_was_there_what_was_said_and_what_follows(desk: Desk) -> None:
    story = call_desk()
    call = plan(story, person_id=story.tom, attendees=["Jo Roe <jo@bank.example>", "Ann"])
    plan(story, "2026-06-17 10:00")
    ticket = receive(story.who, customer_id=story.bank, subject="Passkeys", severity=4)
    calls.write(call, story.tom, NOW, 1, notes="# LDAP\nworks now\n// they overspend\n", agenda="## Hours\n- all well")
    for what, side, owner in (("Send the *guide*", "ours", "Tom"), ("Upgrade", "theirs", "")):
        actions.add(story.bank, what, side, owner, "2026-06-05" if side == "ours" else None, story.tom, NOW, call)
    done = actions.add(story.bank, "Call back", "ours", "Tom", None, story.tom, NOW, call)
    dropped = actions.add(story.bank, "Never mind", "ours", "Tom", None, story.tom, NOW, call)
    actions.done(done, story.tom, at("Wed 10:20"))
    actions.drop(dropped, "not wanted", story.tom, at("Wed 10:20"))
    feedback.log(story.bank, "Passkeys", "The board asks", story.tom, NOW, call, ticket)
    calls.hold(call, story.tom, at("Wed 10:40"), 40)
    assert minutes.minutes(call, at("Wed 11:00")) == (
        "# Review call: Bank\n\n"
        "- When: Wed 3 Jun 2026 10:00 Europe/Zurich, 40 min\n"
        "- Who: Tom, Jo Roe, Ann\n\n"
        "## Agenda\n\n### Hours\n- all well\n\n"
        "## Notes\n\n### LDAP\nworks now\n\n"
        "## Actions\n\n"
        "- [ ] Tom: Send the \\*guide\\*, due Fri 5 Jun 2026\n"
        "- [ ] Bank: Upgrade\n"
        "- [x] Tom: Call back\n\n"
        f"## Feedback\n\n- Passkeys (The board asks), #{ticket}\n\n"
        "Next call: Wed 17 Jun 2026 10:00 Europe/Zurich\n"
    )
    assert minutes.file_name(call) == "bank-2026-06-03-minutes.md"


def test_an_empty_call_says_only_what_is_known(desk: Desk) -> None:
    story = call_desk()
    call = plan(story, title="Plan [x](http://x.example)")
    assert minutes.minutes(call, NOW) == (
        "# Plan \\[x\\](http://x.example): Bank\n\n"
        "- When: Wed 3 Jun 2026 10:00 Europe/Zurich, 30 min\n- State: planned\n"
    )
    with pytest.raises(NotFound):
        minutes.minutes(999, NOW)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("- one\n- two", "- one\n- two"),
        ("### Deep\n# High\n#1042 is solved", "### Deep\n### High\n#1042 is solved"),
        ("<script>alert(1)</script> & more", "&lt;script>alert(1)&lt;/script> &amp; more"),
        ("![x](http://x.example/spy.png)", "!\\[x]\\(http://x.example/spy.png)"),
        ("  // ours\nhttps://x.example // theirs", "https://x.example // theirs"),
        ("a\x1b[2Jb\u202ec", "a\\[2Jbc"),
    ],
)
def test_what_was_typed_shows_and_does_nothing(typed: str, told: str) -> None:
    assert minutes.public(typed) == told


@given(st.text())
def test_no_typed_text_makes_a_link_or_html_or_shows_what_is_ours(typed: str) -> None:
    told = minutes.public(f"{typed}\n// ours {typed}")
    assert "<" not in told
    assert "](" not in told
    assert not any(line.lstrip().startswith("//") for line in told.split("\n"))
