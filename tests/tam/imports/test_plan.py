from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import journal
from models.connection import Desk
from models.errors import NotAllowed
from models.people import Person
from models.reading import rows, scalar
from tam.entries import change, delete, entries, entry
from tam.imports.files import read
from tam.imports.plan import Imported, Plan, apply, plan
from tests.tam.imports.exports import CLOCKIFY, KIMAI, TIMEWARRIOR, TOGGL
from tests.tam.time_desk import NOW, close_until, time_desk
from tests.tickets.cast import Cast, at, everything


def desk_with_mail() -> Cast:
    """The desk, where Tom is known by his address."""
    who = time_desk()
    with journal.transaction(None, NOW, "mail") as tx:
        tx.update(Person, who.tom, email="tom@vendor.example")
        tx.say("Tom has an address.")
    return who


def planned(text: str, actor: int, **said: Any) -> Plan:
    return plan(read(text.encode()), said.pop("mapping", {}), actor, NOW, **said)


def brought_in(text: str, actor: int, **said: Any) -> Imported:
    return apply(planned(text, actor, **said), actor, NOW)


def told(found: Plan) -> tuple[int, int, int, int]:
    return len(found.new), len(found.changed), found.same, len(found.refused)


def test_an_import_is_looked_at_first_and_writes_nothing(desk: Desk) -> None:
    who = desk_with_mail()
    before = everything("time_entry", "operation")
    preview = planned(TOGGL, who.tom)
    assert preview.sentence == "2 new"
    assert [(each.line, each.customer, each.person) for each in preview.new] == [
        (2, "Acme", "Tom"),
        (3, "Globex", "Tom"),
    ]
    assert everything("time_entry", "operation") == before


def test_toggl_track_lands_as_entries_with_its_times(desk: Desk) -> None:
    who = desk_with_mail()
    done = brought_in(TOGGL, who.tom)
    assert done.sentence == "Tom imported time from Toggl Track: 2 new."
    night, call = entries()
    assert (call.customer, call.activity, call.minutes, call.note, call.billable) == (
        "Acme",
        "review call",
        90,
        "agreed, at last",
        1,
    )
    assert (call.started_at, call.ended_at) == (at("Mon 09:15"), at("Mon 10:45"))
    assert (night.on, night.minutes, night.activity, night.ended_at) == (
        "2026-06-01",
        40,
        "onboarding",
        at("Tue 00:10") + 29,
    )


def test_an_import_is_one_operation_and_one_undo(desk: Desk) -> None:
    who = desk_with_mail()
    before = everything("time_entry")
    done = brought_in(TOGGL, who.tom)
    assert journal.newest() == done.operation_id
    journal.undo(who.tom, NOW)
    assert everything("time_entry") == before


@pytest.mark.parametrize("text", [TOGGL, KIMAI, TIMEWARRIOR], ids=["toggl", "kimai", "timewarrior"])
def test_the_same_file_again_changes_nothing(desk: Desk, text: str) -> None:
    who = desk_with_mail()
    brought_in(text, who.tom)
    kept = everything("time_entry")
    again = brought_in(text, who.tom)
    assert (again.operation_id, again.plan.new, again.plan.changed) == (None, (), ())
    assert again.plan.same == len(kept["time_entry"])
    assert everything("time_entry") == kept


def test_what_changed_over_there_changes_here(desk: Desk) -> None:
    who = desk_with_mail()
    brought_in(TOGGL, who.tom)
    changed = TOGGL.replace("agreed, at last", "agreed").replace("10:45:00,01:30:00", "10:15:00,01:00:00")
    done = brought_in(changed, who.tom)
    assert told(done.plan) == (0, 1, 1, 0)
    assert [(each.minutes, each.note) for each in entries()] == [(40, "night shift"), (60, "agreed")]
    assert len(entries()) == 2


def test_a_customer_that_is_called_otherwise_is_asked_for_and_can_be_said(desk: Desk) -> None:
    who = desk_with_mail()
    preview = planned(CLOCKIFY, who.tom)
    assert told(preview) == (1, 0, 0, 1)
    assert preview.unknown == (("Initech", 1),)
    assert preview.refused[0].line == 3
    assert preview.refused[0].reason.startswith("There is no customer 'Initech'; ")
    done = brought_in(CLOCKIFY, who.tom, mapping={"initech": who.globex})
    assert [(each.customer, each.minutes) for each in entries()] == [("Globex", 60), ("Acme", 200)]
    assert done.plan.refused == ()


def test_kimai_and_timewarrior_say_their_activities_and_customers_in_their_own_way(desk: Desk) -> None:
    who = desk_with_mail()
    brought_in(KIMAI, who.tom)
    assert [(each.activity, each.minutes, each.note) for each in entries()][::-1] == [
        ("customer feedback", 121, "they like it"),
        ("advice", 150, "no times"),
        ("advice", 120, "whole hours"),
    ]
    done = brought_in(TIMEWARRIOR, who.ben)
    assert [(each.customer, each.activity, each.note, each.person) for each in entries(person_id=who.ben)] == [
        ("Globex", "advice", "said = much", "Ben"),
        ("Acme", "review call", "LDAP", "Ben"),
    ]
    assert told(done.plan) == (2, 0, 0, 1)


def test_two_people_may_work_at_the_same_time(desk: Desk) -> None:
    who = desk_with_mail()
    brought_in(TIMEWARRIOR, who.ben)
    assert told(brought_in(TIMEWARRIOR, who.tom).plan) == (2, 0, 0, 1)
    assert told(brought_in(TIMEWARRIOR, who.anna, person_id=who.tom).plan) == (0, 0, 2, 1)


def test_nobody_brings_in_anothers_time_but_a_tam_or_a_lead(desk: Desk) -> None:
    who = desk_with_mail()
    refused = planned(TOGGL, who.ben).refused
    assert {each.reason for each in refused} == {"It is Tom's; a TAM or a lead imports the time of others."}
    assert told(planned(TOGGL, who.anna)) == (2, 0, 0, 0)
    with pytest.raises(NotAllowed):
        planned(TOGGL, who.rita)
    stranger = TOGGL.replace("tom@vendor.example", "").replace("Tom,", "Thomas B,")
    assert "Nobody on this desk is called 'Thomas B'" in planned(stranger, who.tom).refused[0].reason
    assert told(planned(stranger, who.tom, people={"thomas b": who.tom})) == (2, 0, 0, 0)


def kimai(*lines: str) -> str:
    return "\n".join(("Date,From,To,Duration,Customer,Activity,Description", *lines))


def test_the_rules_of_every_entry_hold_row_by_row(desk: Desk) -> None:
    who = desk_with_mail()
    close_until(who.globex, "2026-05-01", "2026-06-01")
    found = planned(
        kimai(
            "2026-06-01,,,20:00,Acme,Advice,",
            "2026-06-01,,,5:00,Acme,Advice,too much",
            "2026-06-01,,,0:00,Acme,Advice,nothing",
            "2026-06-09,,,1:00,Acme,Advice,still to come",
            "2026-06-01,,,1:00,Plain,Advice,no hours",
            "2026-06-01,,,1:00,,Advice,nobody",
            "2026-05-29,,,1:00,Globex,Advice,late",
            "2026-06-02,09:00,10:00,1:00,Acme,Advice,",
            "2026-06-02,09:30,10:30,1:00,Acme,Advice,at once",
        ),
        who.tom,
    )
    assert [(each.line, each.checked.columns["late"], len(each.warnings)) for each in found.new] == [
        (2, 0, 1),
        (8, 1, 1),
        (9, 0, 0),
        (10, 0, 1),
    ]
    reasons = {each.line: each.reason for each in found.refused}
    assert sorted(reasons) == [3, 4, 5, 6, 7]
    for line, part in ((3, "over 24 hours"), (4, "no time at all"), (5, "still to come"), (6, "Log the time as not")):
        assert part in reasons[line]


def test_a_closed_entry_is_not_changed_by_an_import(desk: Desk) -> None:
    who = desk_with_mail()
    brought_in(KIMAI, who.tom)
    close_until(who.acme, "2026-05-01", "2026-06-01")
    found = planned(KIMAI.replace("they like it", "they love it"), who.tom)
    assert told(found) == (0, 0, 2, 1)
    assert "reopen" in found.refused[0].reason


def test_what_was_deleted_here_comes_again_and_links_stay(desk: Desk) -> None:
    who = desk_with_mail()
    brought_in(TOGGL, who.tom)
    night, call = entries()
    change(call.id, who.tom, NOW, call.version, counts=False)
    delete(night.id, who.tom, NOW)
    assert told(brought_in(TOGGL, who.tom).plan) == (1, 0, 1, 0)
    assert entry(call.id).counts == 0


def test_times_in_the_gap_and_the_fold_of_a_clock_change(desk: Desk) -> None:
    who = desk_with_mail()
    text = kimai(
        "2026-03-29,02:15,03:45,1:30,Acme,Advice,gap",
        "2026-03-29,01:30,03:30,1:00,Acme,Advice,across",
    )
    found = planned(text, who.tom)
    gap, across = (each.checked.columns for each in found.new)
    assert (gap["started_at"], gap["minutes"]) == (None, 90)
    assert "02:15 did not exist that day" in found.new[0].warnings[0].lower()
    assert across["ended_at"] - across["started_at"] == 3600
    with journal.transaction(None, NOW, "earlier") as tx:
        from models.agreements import Contract
        from models.hours import Allowance

        tx.update(Contract, 1, starts_at=at("2025-01-01 00:00"))
        tx.update(Allowance, 1, starts_on="2025-01-01")
        tx.say("Acme was here before.")
    fold = planned(
        kimai(
            "2025-10-26,01:30,02:30,2:00,Acme,Advice,the second half past two",
            "2025-10-26,02:30,02:15,0:45,Acme,Advice,back",
        ),
        who.tom,
    )
    columns = [each.checked.columns for each in fold.new]
    assert columns[0]["ended_at"] - columns[0]["started_at"] == 7200
    assert columns[1]["minutes"] == 45


INTERVALS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 300), st.sampled_from(["acme", "globex", "nobody"])), max_size=8
)


@settings(max_examples=40)
@given(first=INTERVALS, more=INTERVALS, shuffle=st.randoms())
def test_importing_is_idempotent_in_any_order_of_rows(
    sqlite_desk: Desk, first: list[tuple[int, int, str]], more: list[tuple[int, int, str]], shuffle: Any
) -> None:
    if not rows("SELECT 1 FROM customer"):
        time_desk()
    sqlite_desk.execute("DELETE FROM time_entry")
    tom = scalar("SELECT id FROM person WHERE login = 'tom'")

    def export(intervals: list[tuple[int, int, str]]) -> str:
        lines = [
            f"2026-05-{1 + slot // 4:02},{slot % 4 * 5:02}:00,,0:{minutes % 60:02}:30,{name},Advice,n{slot}"
            for slot, minutes, name in intervals
        ]
        return kimai(*lines)

    brought_in(export(first), tom)
    both = [*first, *more]
    brought_in(export(both), tom)
    kept = rows("SELECT external_id, minutes, worked_on, note FROM time_entry ORDER BY external_id")
    shuffle.shuffle(both)
    again = brought_in(export(both), tom)
    assert (again.operation_id, again.plan.new, again.plan.changed) == (None, (), ())
    assert rows("SELECT external_id, minutes, worked_on, note FROM time_entry ORDER BY external_id") == kept
    assert len(kept) == sum(name != "nobody" for _, _, name in both)


def test_months_of_intervals_all_land(sqlite_desk: Desk) -> None:
    who = desk_with_mail()
    lines = [
        f'{{"start":"2026{1 + day // 28:02}{1 + day % 28:02}T{hour:02}0000Z",'
        f'"end":"2026{1 + day // 28:02}{1 + day % 28:02}T{hour:02}3000Z","tags":["acme"]}}'
        for day in range(140)
        for hour in range(24)
    ]
    done = brought_in(f"[{','.join(lines)}]", who.tom)
    assert len(done.plan.new) == 3360
    assert scalar("SELECT SUM(minutes) FROM time_entry") == 3360 * 30
