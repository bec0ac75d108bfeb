"""What happens on tickets besides their talk: tags, links, a merge, a split, a manager's answer, mentions, mails."""

from email.message import EmailMessage
from email.utils import format_datetime
from functools import partial
from typing import Any

from cli.demo.cast import SOLVED, UNANSWERED, WAITING, WORKING
from cli.demo.script import Event
from cli.demo.telling import Ids, Step, Told
from cli.demo.texts import read
from models.reading import scalar
from sla.wall import local_of
from tickets import escalation, links, mentions, merging, operations, tags
from tickets.mail.filing import file_mail

MINUTE = 60
HELPER, MANAGER = "eva", "anna"
WITH_TAM = ("merlion", "umbrella", "acme", "initech", "aurora", "globex")
"""Customers who may call for a manager."""
MOST_LINKS = 3
MADE = 2
"""Tickets that come about besides the scripts: one that is merged, and one that is split off."""


class Turns:
    """Chooses the tickets, and says when each turn comes; all of them before now."""

    def __init__(self, ids: Ids, told: list[Told], now: int) -> None:
        self.ids, self.told, self.now = ids, told, now
        self.texts: dict[str, Any] = read("working")

    def steps(self) -> list[Step]:
        """The turns, in no order."""
        return [
            *self._tags(),
            *self._links(),
            *self._merge(),
            *self._split(),
            *self._escalation(),
            *self._mentions(),
            *self._mails(),
        ]

    def _tags(self) -> list[Step]:
        """Whoever touches a ticket first tags it."""
        found: list[Step] = []
        for each in self.told:
            names = self.texts["tags"].get(each.script.role.problem.id)
            first = next((event for event in each.script.events if event.what in ("claim", "reply")), None)
            if names and first:
                found.append((first.at, partial(self._tag, each, names, first.who, first.at)))
        return found

    def _tag(self, each: Told, names: list[str], who: str, at: int) -> None:
        tags.tag(each.id, names, self.ids.people[who], at)

    def _links(self) -> list[Step]:
        """The newest open tickets about a problem that another customer had before."""
        found: list[Step] = []
        for new in reversed(self.told):
            if new.script.role.part.state == SOLVED or len(found) == MOST_LINKS:
                continue
            old = next((each for each in self.told if self._before(each, new)), None)
            if old is not None:
                at = min(new.script.events[-1].at + MINUTE, self.now)
                found.append((at, partial(self._link, new, old, at)))
        return found

    @staticmethod
    def _before(old: Told, new: Told) -> bool:
        same = old.script.role.problem.id == new.script.role.problem.id
        return same and old is not new and old.script.events[-1].at < new.script.events[0].at

    def _link(self, new: Told, old: Told, at: int) -> None:
        links.link(new.id, old.id, links.RELATED, self.ids.people[HELPER], at)

    def _merge(self) -> list[Step]:
        """A second person of the customer reports what one has reported, and it is merged."""
        first = next(
            each
            for each in self.told
            if each.script.role.problem.id == "logins-fail-all" and each.script.role.part.state == UNANSWERED
        )
        return [(first.script.events[0].at + 9 * MINUTE, partial(self._report_again, first))]

    def _report_again(self, first: Told) -> None:
        key, at = first.script.role.part.company, first.script.events[0].at + 9 * MINUTE
        name = next(name for held, name in self.ids.contacts if held == key and name != first.script.contact)
        second = operations.receive(
            customer_id=self.ids.customers[key],
            contact_id=self.ids.contacts[key, name],
            subject=self.texts["merge"]["subject"],
            body=self._filled(self.texts["merge"]["body"], name),
            severity=1,
            customer_severity=1,
            channel="email",
            actor=None,
            at=at,
        )
        merging.merge(second, first.id, self.ids.people[HELPER], at + 4 * MINUTE)

    def _split(self) -> list[Step]:
        """A customer asks for something else in a ticket, and it becomes one of its own."""
        each = next(
            each
            for each in self.told
            if each.script.role.part.state == WORKING
            and each.script.role.part.company in ("globex", "initech", "acme")
            and each.script.role.part.severity == 3
            and each.script.role.part.escalation is None
        )
        return [(each.script.events[-1].at + MINUTE, partial(self._ask_besides, each))]

    def _ask_besides(self, each: Told) -> None:
        last, contact = each.script.events[-1], each.script.contact
        owner = next(event.who for event in each.script.events if event.what == "reply")
        texts, person = self.texts["split"], self.ids.people[owner]
        operations.customer_wrote(each.id, self._filled(texts["wrote"], contact), last.at + MINUTE)
        asked = scalar("SELECT max(id) FROM message WHERE ticket_id = ?", (each.id,))
        new = merging.split(each.id, asked, texts["subject"], person, last.at + 2 * MINUTE, severity=4)
        reply = self._filled(texts["reply"], contact, owner)
        operations.reply(new, reply, person, last.at + 4 * MINUTE, then="waiting")

    def _escalation(self) -> list[Step]:
        """Between a customer's word and our answer to it a manager is asked for, and answers in time."""
        fitting = [(each, *pair) for each in self.told for pair in self._pauses(each)]
        each, wrote, answered = min(
            fitting, key=lambda found: (found[0].script.role.part.state != WAITING, -found[1].at)
        )
        gap = min((answered.at - wrote.at) // 3, 40 * MINUTE)
        return [
            (wrote.at + gap, partial(self._call_for_manager, each, answered.who, wrote.at + gap)),
            (wrote.at + 2 * gap, partial(self._answer, each, wrote.at + 2 * gap)),
        ]

    @staticmethod
    def _pauses(each: Told) -> list[tuple[Event, Event]]:
        """Where a customer wrote on a ticket that had been answered, and the answer to that."""
        part, events = each.script.role.part, each.script.events
        if part.company not in WITH_TAM or part.queue != "support" or part.severity not in (2, 3) or part.escalation:
            return []
        first = next((number for number, event in enumerate(events) if event.what == "reply"), len(events))
        pairs = zip(events[first + 1 :], events[first + 2 :], strict=False)
        return [(one, two) for one, two in pairs if (one.what, two.what) == ("wrote", "reply")]

    def _call_for_manager(self, each: Told, who: str, at: int) -> None:
        reason = self.texts["escalation"]["reason"]
        operations.escalate(each.id, "non-urgent", reason, self.ids.people[who], at)

    def _answer(self, each: Told, at: int) -> None:
        text = self._filled(self.texts["escalation"]["answer"], each.script.contact, MANAGER)
        escalation.answer_escalation(each.id, self.ids.people[MANAGER], at, text)

    def _mentions(self) -> list[Step]:
        """The lead is named where a manager is asked for, and was once before, which she has seen."""
        found: list[Step] = []
        for kind, key in (("urgent", "urgent"), ("non-urgent", "calm")):
            for each in self.told:
                wanted = each.script.role.part.escalation
                if wanted is not None and wanted[0] == kind and wanted[1] > 0:
                    at = each.script.events[-1].at + 3 * MINUTE
                    found.append((at, partial(self._name, each, self.texts["mentions"][key], at)))
        for each in self.told:
            if each.script.role.part.state == WAITING and each.script.role.part.company == "hooli":
                at = each.script.events[-1].at + MINUTE
                found.append((at, partial(self._name, each, self.texts["mentions"]["seen"], at, seen=True)))
        return found

    def _name(self, each: Told, text: str, at: int, seen: bool = False) -> None:
        """Name the lead in a note; by the last one who worked on it, unless that was herself."""
        who = next((event.who for event in reversed(each.script.events) if event.who not in ("", MANAGER)), HELPER)
        operations.note(each.id, text, self.ids.people[who], at)
        if seen:
            mentions.mark_seen(self.ids.people[MANAGER], each.id, at + 2 * MINUTE)

    def _mails(self) -> list[Step]:
        return [
            (self.now - mail["ago"] * MINUTE, partial(self._mail, mail, self.now - mail["ago"] * MINUTE))
            for mail in read("mails")["mails"]
        ]

    def _mail(self, mail: dict[str, Any], at: int) -> None:
        acme = next(each.id for each in reversed(self.told) if self._is_about_keys(each))
        letter = EmailMessage()
        letter["From"], letter["To"] = mail["sender"], "support@desk.example"
        letter["Subject"] = mail["subject"].format(acme=acme)
        letter["Date"] = format_datetime(local_of("UTC", at))
        letter["Message-ID"] = mail["id"]
        if mail.get("automatic"):
            letter["Auto-Submitted"] = "auto-replied"
        letter.set_content(mail["body"].strip() + "\n")
        file_mail(letter.as_bytes(), at)

    @staticmethod
    def _is_about_keys(each: Told) -> bool:
        role = each.script.role
        return (role.part.company, role.problem.id, role.part.state) == ("acme", "jwks-cache", UNANSWERED)

    @staticmethod
    def _filled(text: str, contact: str, me: str = "") -> str:
        return text.strip().format(contact=contact.split(maxsplit=1)[0], me=me.capitalize())
