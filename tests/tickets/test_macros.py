"""Several steps under a name: checked when they are kept, and read back as they were."""

import pytest

from models import journal
from models.connection import Desk
from models.errors import DomainError, NotFound, StaleRow
from tests.tickets.cast import Cast, at, cast, everything
from tickets import bulk, canned, macros
from tickets.actions import Assign, Note, Reply, RunMacro, Severity, State, Step, Tag, Untag
from tickets.errors import RuleRefused

NOW = at("Mon 09:30")
STEPS: list[Step] = [
    Assign("me"),
    Severity(3, "It is one user"),
    State("waiting"),
    Tag(("sso", "known")),
    Untag(("new",)),
    Note('See "status" {page}'),
]


@pytest.fixture
def who(desk: Desk) -> Cast:
    return cast()


def test_steps_are_kept_as_they_are(who: Cast) -> None:
    reply = canned.create("Known", "Known.", who.ben, NOW)
    steps = (*STEPS, Reply(reply, "solved"))
    macro = macros.create("Known problem", steps, who.ben, NOW)
    assert macros.macro(macro, who.ben).steps == steps
    assert macros.from_json(macros.to_json(steps)) == steps


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "JSON list; this is none"),
        ("{}", "JSON list of objects"),
        ('["assign"]', "Step 1 is no object"),
        ('[{"do": "asign"}]', "Step 1 does 'asign', which is not known; did you mean 'assign'"),
        ('[{"do": "tag", "tags": ["a"]}, {"do": "state", "stat": "open"}]', "Step 2 .state. has no 'stat'"),
        ('[{"do": "severity", "severity": "high", "reason": "x"}]', "Step 1 .severity.: Expected `int`"),
        ('[{"do": "state"}]', "missing required field"),
        ('[{"do": ["x"]}]', "not known"),
    ],
)
def test_steps_that_cannot_be_read_are_named(text: str, told: str) -> None:
    with pytest.raises(RuleRefused, match=told):
        macros.from_json(text)


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([], "needs a step"),
        ([Severity(5, "x")], "no severity 5"),
        ([Severity(1, " ")], "needs a reason"),
        ([State("gone")], "not 'gone'"),
        ([Tag(("a,b",))], "no comma"),
        ([Tag(())], "Name a tag"),
        ([Note("  ")], "write something"),
        ([Assign("nobody-here")], "no 'nobody-here'"),
        ([Reply(99)], "no canned reply 99"),
        ([Note("x")] * 21, "at most 20"),
    ],
)
def test_what_no_ticket_would_take_is_not_kept(who: Cast, steps: list[Step], told: str) -> None:
    with pytest.raises(DomainError, match=told):
        macros.create("Broken", steps, who.ben, NOW)


def test_a_macro_for_all_sends_only_replies_for_all(who: Cast) -> None:
    own = canned.create("Mine", "Hello", who.anna, NOW)
    with pytest.raises(RuleRefused, match="this one is your own"):
        macros.create("Shared", [Reply(own)], who.anna, NOW, shared=True)
    ours = canned.create("Ours", "Hello", who.anna, NOW, shared=True)
    macros.create("Shared", [Reply(ours)], who.anna, NOW, shared=True)
    assert [macro.name for macro in macros.macros(who.ben)] == ["Shared"]


def test_someone_elses_macro_cannot_be_run(who: Cast) -> None:
    macro = macros.create("Mine", [Assign()], who.ben, NOW)
    with pytest.raises(NotFound):
        bulk.apply([1], RunMacro(macro), who.cleo, NOW)


def test_changing_and_deleting_can_be_undone(who: Cast) -> None:
    macro = macros.create("Mine", STEPS, who.ben, NOW)
    for change in (
        lambda: macros.change(macro, who.ben, NOW, name="Better", steps=STEPS[:2]),
        lambda: macros.delete(macro, who.ben, NOW),
    ):
        before = everything("macro")
        change()
        assert everything("macro") != before
        journal.undo(who.ben, NOW)
        assert everything("macro") == before


def test_a_stale_copy_neither_changes_nor_deletes(who: Cast) -> None:
    macro = macros.create("Mine", STEPS, who.ben, NOW)
    opened = macros.macro(macro, who.ben)
    macros.change(macro, who.ben, NOW, name="Better")
    for late in (
        lambda: macros.change(macro, who.ben, NOW, name="Best", version=opened.version),
        lambda: macros.delete(macro, who.ben, NOW, version=opened.version),
    ):
        with pytest.raises(StaleRow, match="changed the macro 'Better'"):
            late()
    macros.delete(macro, who.ben, NOW, version=opened.version + 1)
    assert macros.macros(who.ben) == []
