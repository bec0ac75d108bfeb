"""What a call goes through is read from the tickets, clocks, actions and the onboarding as they are."""

from models import journal
from models.connection import Desk
from models.onboardings import Onboarding, OnboardingItem
from tam import agenda, calls, entries, feedback
from tam.agenda_reading import a_year_before
from tests.tam.call_desk import DAY, NOW, CallDesk, call_desk, plan
from tests.tickets.cast import at, receive
from tickets import operations

FRIDAY = at("Fri 09:00")


def lines(call: int, title: str, now: int = FRIDAY) -> list[str]:
    """The lines of the section whose title begins so; none where the draft has none."""
    found = [section for section in agenda.draft(call, now).sections if section.title.startswith(title)]
    return list(found[0].lines) if found else []


def ask(story: CallDesk, when: str, subject: str, severity: int = 2) -> int:
    return receive(story.who, when, customer_id=story.bank, subject=subject, severity=severity)


def test_open_tickets_come_by_severity_with_what_became_of_the_promise(desk: Desk) -> None:
    story = call_desk()
    call = plan(story, "Fri 10:00")
    ask(story, "Mon 09:00", "Slow", 3)
    met, late, running = (ask(story, "Thu 08:00", each) for each in ("Answered", "Late", "New"))
    operations.reply(met, "Look here.", story.tom, at("Thu 09:00"))
    operations.reply(late, "Sorry.", story.tom, at("Thu 12:10"), then="open")
    done = ask(story, "Thu 08:00", "Done")
    operations.reply(done, "Done.", story.tom, at("Thu 09:00"), then="solved")
    assert lines(call, "Open tickets", at("Thu 09:30")) == [
        f"Severity 2: #{met} Answered, since Thu 4 Jun 2026 (answered in time, waits for you)",
        f"Severity 2: #{late} Late, since Thu 4 Jun 2026 (answered late)",
        f"Severity 2: #{running} New, since Thu 4 Jun 2026 (answer due Thu 4 Jun 2026 10:00)",
        "Severity 3: #1 Slow, since Mon 1 Jun 2026 (answer overdue since Tue 2 Jun 2026 09:00)",
    ]


def test_late_answers_and_their_credits_are_told_since_the_last_call(desk: Desk) -> None:
    story = call_desk()
    last, call = plan(story, "Tue 10:00"), plan(story, "Fri 10:00")
    before, after = ask(story, "Mon 09:00", "Before"), ask(story, "Wed 09:00", "After")
    operations.reply(before, "Sorry.", story.tom, at("Mon 11:50"))
    calls.hold(last, story.tom, at("Tue 11:00"))
    operations.reply(after, "Sorry.", story.tom, at("Wed 11:50"))
    waits = ask(story, "Thu 17:00", "Waits")
    told = lines(call, "Answered late since Tue 2 Jun 2026", at("Fri 07:05"))
    assert told == [
        f"#{waits} Waits: initial response overdue since Thu 4 Jun 2026 19:00",
        f"#{after} After: initial response late by 50 min, 3 days of credit owed",
    ]


def test_escalations_say_whether_a_manager_answered(desk: Desk) -> None:
    story = call_desk()
    call = plan(story, "Fri 10:00")
    ticket = ask(story, "Mon 09:00", "Down")
    operations.escalate(ticket, "non-urgent", "nobody inside may say this", story.tom, at("Tue 09:00"))
    assert lines(call, "Escalations") == [
        f"#{ticket} Down: non-urgent, raised Tue 2 Jun 2026 09:00, waits for an answer"
    ]
    operations.answer_escalation(ticket, story.who.anna, at("Tue 10:00"))
    assert lines(call, "Escalations") == [
        f"#{ticket} Down: non-urgent, raised Tue 2 Jun 2026 09:00, answered Tue 2 Jun 2026 10:00"
    ]


def test_an_onboarding_says_how_far_it_is_and_what_blocks_it(desk: Desk) -> None:
    story = call_desk()
    call = plan(story, "Fri 10:00")
    with journal.transaction(None, NOW, "onboard") as tx:
        columns = {"phase": "onboarding term", "revision": "2023-11-15", "starts_on": "2026-05-01"}
        begun = tx.insert(Onboarding, customer=story.bank, go_live_on="2026-09-01", **columns)
        for title, state, side in (
            ("Kick-off", "done", "vendor"),
            ("SSO metadata", "blocked", "customer"),
            ("Own theme", "not needed", "vendor"),
        ):
            tx.insert(OnboardingItem, onboarding=begun, topic="Setup", title=title, state=state, side=side)
        tx.say("Bank is brought on board.")
    assert lines(call, "Onboarding") == [
        "onboarding term: 1 of 2 done, go-live Tue 1 Sep 2026",
        "Blocked: SSO metadata (the customer has to move)",
    ]


def test_hours_say_what_is_spent_and_what_is_over(desk: Desk) -> None:
    story = call_desk()
    call = plan(story, "Fri 10:00")
    entries.log(story.bank, 90, "2026-06-01", "advice", story.tom, NOW)
    assert lines(call, "Hours") == ["Jun 2026: 1:30 h of 20:00 h spent, 18:30 h left"]
    for day in ("02", "03", "04"):
        entries.log(story.bank, 400, f"2026-06-{day}", "advice", story.tom, FRIDAY)
    assert lines(call, "Hours") == [
        "Jun 2026: 21:30 h of 20:00 h spent, 0:00 h left",
        "1:30 h over what was agreed",
    ]
    assert lines(plan(story, "Fri 11:00", customer_id=story.bank), "Hours") == lines(call, "Hours")


def test_wishes_that_were_answered_are_walked_through(desk: Desk) -> None:
    story = call_desk()
    call = plan(story, "Fri 10:00")
    solved, answered, open_still = (ask(story, "Mon 09:00", each, 4) for each in ("Passkeys", "Export", "Themes"))
    for ticket in (solved, answered, open_still):
        feedback.log(story.bank, "They wish it", "", story.tom, NOW, ticket_id=ticket)
    operations.reply(solved, "It is there.", story.tom, at("Tue 09:00"), then="solved")
    operations.reply(answered, "Use the API.", story.tom, at("Tue 09:00"))
    operations.note(open_still, "Not soon.", story.tom, at("Tue 09:00"))
    assert lines(call, "Features") == [f"#{solved} Passkeys (solved)", f"#{answered} Export (answered)"]


def test_a_long_list_says_how_many_more_there_are(desk: Desk) -> None:
    story = call_desk()
    call = plan(story, "Fri 10:00")
    for number in range(32):
        ask(story, "Thu 09:00", f"Question {number}", 4)
    told = lines(call, "Open tickets")
    assert (len(told), told[-1]) == (31, "and 2 more")


def test_a_service_review_looks_back_a_year_and_ahead_to_the_renewal(desk: Desk) -> None:
    story = call_desk()
    call = plan(story, "Fri 10:00", kind="service review")
    met, late, running = (ask(story, "Thu 08:00", each) for each in ("Met", "Late", "New"))
    operations.reply(met, "Look here.", story.tom, at("Thu 09:00"))
    operations.reply(late, "Sorry.", story.tom, at("Thu 10:45"))
    operations.escalate(late, "non-urgent", "slow", story.tom, at("Thu 11:00"))
    entries.log(story.bank, 90, "2026-06-04", "advice", story.tom, FRIDAY)
    entries.log(story.bank, 30, "2026-06-04", "advice", story.tom, FRIDAY, counts=False)
    now = at("Thu 09:30") + DAY
    assert lines(call, "Objectives from Thu 5 Jun 2025 to Fri 5 Jun 2026", now) == [
        "Initial response: 1 of 2 in time (50 %)"
    ]
    assert lines(call, "Service credits", at("Thu 10:50"))[-1] == "3 days owed"
    assert lines(call, "Time by activity", now) == ["Advice: 2 h, 1 h 30 min of the agreed hours"]
    assert lines(call, "Escalations", now) == ["Non-urgent: 1"]
    assert lines(call, "Renewal", now) == ["The term ends on Thu 31 Dec 2026"]
    assert f"#{running} New" in agenda.draft(call, now).text


def test_a_year_before_a_leap_day_is_the_last_of_february() -> None:
    from datetime import date

    assert a_year_before(date(2028, 2, 29)) == date(2027, 2, 28)
    assert a_year_before(date(2026, 6, 5)) == date(2025, 6, 5)
