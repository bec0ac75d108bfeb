"""Many tickets at once: what was done, what refused, and one undo."""

import pytest

from models import journal
from models.connection import Desk
from models.errors import CannotUndo, NotAllowed, NotFound
from models.reading import rows
from tests.tickets.cast import Cast, at, cast, everything, receive
from tickets import bulk, canned, clock_rows, macros, operations
from tickets.actions import Assign, Note, Reply, RunMacro, Severity, State, Tag, Untag
from tickets.errors import RuleRefused

NOW = at("Mon 09:30")


@pytest.fixture
def who(desk: Desk) -> Cast:
    return cast()


def five(who: Cast) -> list[int]:
    return [receive(who, subject=f"Problem {number}") for number in range(5)]


def column(name: str) -> list[object]:
    return [value for (value,) in rows(f"SELECT {name} FROM ticket ORDER BY id")]


def test_a_severity_for_five_is_one_operation_and_one_undo(who: Cast) -> None:
    numbers, before = five(who), everything()
    done = bulk.apply(numbers, Severity(1, "All are out"), who.ben, NOW)
    assert done.sentence == "Ben set severity 1 on 5 tickets: All are out."
    assert done.changed == tuple(numbers)
    assert column("severity") == [1] * 5
    assert {clock_rows.clocks(number)[0].severity for number in numbers} == {1}
    assert journal.history(numbers[3], 1)[0].sentence == done.sentence
    journal.undo(who.ben, NOW + 60)
    assert everything() == before
    journal.redo(who.ben, NOW + 120)
    assert column("severity") == [1] * 5


def test_what_one_refuses_is_told_and_the_others_are_done(who: Cast) -> None:
    numbers = five(who)
    operations.reply(numbers[0], "Done.", who.ben, at("Mon 09:10"))
    operations.reply(numbers[1], "Done.", who.ben, at("Mon 09:10"))
    done = bulk.apply([*numbers, 999], State("closed"), who.ben, NOW)
    assert done.changed == tuple(numbers[:2])
    assert [refusal.ticket_id for refusal in done.refused] == [*numbers[2:], 999]
    assert "answer first" in done.refused[0].reason
    assert done.sentence.startswith("Ben set 2 tickets to closed. 4 refused, the first: A clock of")
    assert column("state") == ["closed", "closed", "open", "open", "open"]


def test_all_or_none_leaves_everything_as_it_was(who: Cast) -> None:
    numbers = five(who)
    operations.reply(numbers[0], "Done.", who.ben, at("Mon 09:10"))
    before = everything()
    with pytest.raises(RuleRefused, match="answer first"):
        bulk.apply(numbers, State("closed"), who.ben, NOW, all_or_none=True)
    assert everything() == before


def test_what_is_so_already_is_no_refusal(who: Cast) -> None:
    numbers = five(who)
    operations.claim(numbers[0], who.ben, at("Mon 09:10"))
    done = bulk.apply(numbers, Assign("me"), who.ben, NOW)
    assert done.unchanged == (numbers[0],)
    assert done.sentence == "Ben took 4 tickets. 1 was so already."
    again = bulk.apply(numbers, Assign("me"), who.ben, NOW)
    assert (again.operation_id, again.changed) == (None, ())


def test_tickets_go_to_a_colleague_and_back_to_nobody(who: Cast) -> None:
    numbers = five(who)
    assert bulk.apply(numbers, Assign("cleo"), who.ben, NOW).sentence == "Ben assigned 5 tickets to Cleo."
    assert column("owner_id") == [who.cleo] * 5
    released = bulk.apply(numbers, Assign("none"), who.ben, NOW)
    assert released.refused[0].reason.endswith("only Cleo or a lead releases it.")
    assert bulk.apply(numbers, Assign("none"), who.anna, NOW).sentence == "Anna released 5 tickets."


def test_a_severity_1_that_someone_has_goes_to_a_colleague_with_a_note_only(who: Cast) -> None:
    number = receive(who, severity=1, actor=who.ben)
    assert len(bulk.apply([number], Assign("cleo"), who.ben, NOW).refused) == 1
    done = bulk.apply([number], Assign("cleo", "They restart the proxy at ten."), who.ben, NOW)
    assert done.sentence == f"Ben assigned #{number} to Cleo."
    assert column("owner_id") == [who.cleo]


@pytest.mark.parametrize(("to", "error"), [("nobody-here", NotFound), ("rita", RuleRefused)])
def test_nothing_goes_to_who_works_on_no_ticket(who: Cast, to: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        bulk.apply(five(who), Assign(to), who.ben, NOW)


def test_tags_go_on_and_off(who: Cast) -> None:
    numbers = five(who)
    bulk.apply(numbers, Tag(("SSO", "big customer")), who.ben, NOW)
    assert column("tags") == ["sso,big customer"] * 5
    done = bulk.apply(numbers[:2], Untag(("sso",)), who.ben, NOW)
    assert column("tags") == ["big customer"] * 2 + ["sso,big customer"] * 3
    assert done.sentence == "Ben took sso off 2 tickets."


def test_a_reply_to_several_stops_each_clock_and_is_not_undone(who: Cast) -> None:
    numbers = five(who)
    reply = canned.create("Known", "Dear {contact}, {number} is known to us.", who.ben, NOW)
    done = bulk.apply(numbers[:2], Reply(reply), who.ben, NOW)
    assert done.sentence == "Ben replied to 2 tickets with 'Known'."
    sent = [body for (body,) in rows("SELECT body FROM message WHERE side = 'vendor' ORDER BY id")]
    assert sent == [f"Dear Acme, #{number} is known to us." for number in numbers[:2]]
    assert {clock_rows.clocks(number)[0].state for number in numbers[:2]} == {"met"}
    with pytest.raises(CannotUndo, match="was sent"):
        journal.undo(who.ben, NOW + 60)


def test_a_macro_does_all_its_steps_or_none_on_each_ticket(who: Cast) -> None:
    numbers = five(who)
    operations.reply(numbers[0], "Done.", who.cleo, at("Mon 09:10"))
    steps = [Assign("me"), Tag(("known",)), Note("See the status page."), State("solved")]
    macro = macros.create("Known problem", steps, who.ben, NOW)
    done = bulk.apply(numbers, RunMacro(macro), who.ben, NOW)
    assert done.changed == (numbers[0],)
    assert len(done.refused) == 4
    assert column("tags") == ["known", "", "", "", ""]
    assert done.sentence.startswith(f"Ben ran 'Known problem' on #{numbers[0]}. 4 refused")
    journal.undo(who.ben, NOW + 60)
    assert column("tags") == [""] * 5


def test_the_work_can_be_stopped_and_leaves_nothing_behind(who: Cast) -> None:
    numbers, before, heard = five(who), everything(), []

    def stop_at_three(count: int, of: int) -> bool:
        heard.append((count, of))
        return count < 3

    with pytest.raises(bulk.Stopped):
        bulk.apply(numbers, Severity(1, "All are out"), who.ben, NOW, heard=stop_at_three)
    assert (heard, everything()) == ([(1, 5), (2, 5), (3, 5)], before)


def test_nothing_marked_and_too_many_are_refused(who: Cast) -> None:
    with pytest.raises(RuleRefused, match="mark some"):
        bulk.apply([], Assign(), who.ben, NOW)
    with pytest.raises(RuleRefused, match="Mark fewer"):
        bulk.apply(range(1, bulk.MOST + 2), Assign(), who.ben, NOW)


def test_who_may_only_look_changes_nothing(who: Cast) -> None:
    with pytest.raises(NotAllowed):
        bulk.apply(five(who), Assign(), who.rita, NOW)


def test_hundreds_of_tickets_are_one_undo(who: Cast) -> None:
    numbers = [receive(who) for _ in range(200)]
    assert len(bulk.apply(numbers, Severity(1, "All are out"), who.ben, NOW).changed) == 200
    journal.undo(who.ben, NOW + 60)
    assert column("severity") == [2] * 200
