"""What a side agreed to do: noted, changed, done or dropped."""

from __future__ import annotations

from typing import Any

from models.journal import together
from screens.base import DeskScreen
from screens.call_acting import ask
from screens.dialogs.call_form import CallForm, Told, today
from screens.dialogs.choices import Cycle
from screens.dialogs.frame import Line
from screens.widgets.text import clean
from tam import actions
from tam.actions import DONE, DROPPED, OPEN, OURS, THEIRS, ActionRow
from tam.call_rules import CallRefused, day, day_text, party
from tam.date_words import coming_day
from tickets.colleagues import Colleague, colleagues

NOBODY = "nobody yet"


async def open_action(
    screen: DeskScreen, customer_id: int, call_id: int | None = None, held: ActionRow | None = None
) -> None:
    """Ask for an action of a customer, in a call or beside it, or for what changes of one."""
    customer = await screen.desk.attempt(party, customer_id)
    people = await screen.desk.attempt(colleagues)
    if customer is not None and people is not None:
        title = f"Action with {clean(customer.name)}"
        await ask(screen, ActionDialog(title, customer_id, call_id, people, held))


def settle(held: ActionRow, said: dict[str, Any], state: str, why: str, actor: int, at: int) -> str:
    """Change an action and end it as one operation, on the database thread; return a sentence."""
    if state == OPEN:
        return actions.change(held.id, actor, at, held.version, **said)
    with together(actor, at, f"action.{state}") as whole:
        with whole.attempt():
            actions.change(held.id, actor, at, held.version, **said)
        with whole.attempt() as part:
            if state == DONE:
                actions.done(held.id, actor, at)
            else:
                actions.drop(held.id, why, actor, at)
        whole.tx.say(part.sentence)
    return whole.tx.sentence


class ActionDialog(CallForm):
    """Notes an action, or changes `held`."""

    def __init__(
        self, title: str, customer_id: int, call_id: int | None, people: list[Colleague], held: ActionRow | None
    ) -> None:
        self.customer_id, self.call_id, self.people, self.held = customer_id, call_id, people, held
        what, theirs, due = Line("what is to be done, in a line"), Line("who does it"), Line("fri, in 2 weeks, 12 mar")
        ids = [each.id for each in people]
        place = ids.index(held.person_id) + 1 if held and held.person_id in ids else 0
        if held is not None:
            what.value, due.value = clean(held.what), held.due_on or ""
            theirs.value = clean(held.owner) if held.side == THEIRS else ""
        fields: dict[str, Any] = {
            "What": what,
            "Whose": Cycle((OURS, THEIRS), int(held is not None and held.side == THEIRS)),
            "Who of ours": Cycle((NOBODY, *(clean(each.name) for each in people)), place),
            "Who": theirs,
            "Due": due,
        }
        if held is not None:
            fields |= {"State": Cycle((OPEN, DONE, DROPPED)), "Why": Line("why it is dropped")}
        super().__init__(title, fields)

    @property
    def draft(self) -> str:
        """A customer's own draft of a new one; what is changed has none."""
        return "" if self.held is not None else f"action-{self.customer_id}"

    def _due(self) -> str:
        typed = self.said["Due"].strip()
        if not typed or (self.held is not None and typed == self.held.due_on):
            return typed
        return coming_day(typed, today(self.desk)).isoformat()

    async def look(self) -> Told:
        """Show the fields that matter, and the day that is meant."""
        ours = self.said["Whose"] == OURS
        self.show("Who of ours", ours)
        self.show("Who", not ours)
        if self.held is not None:
            self.show("Why", self.said["State"] == DROPPED)
        due = self._due()
        return [("strong", f"due {day_text(day(due))}" if due else "without a day")]

    async def save(self) -> object:
        """Keep it."""
        said, ours = self.said, self.said["Whose"] == OURS
        place = self.chosen("Who of ours")
        person = self.people[place - 1] if ours and place else None
        owner = "" if ours else said["Who"]
        due, actor, at = self._due(), self.desk.actor.id, self.desk.now()
        if self.held is None:
            whole = (self.customer_id, said["What"], said["Whose"], owner, due or None, actor, at, self.call_id)
            await self.desk.call(actions.add, *whole, person.id if person else None)
            return f"Noted: {' '.join(said['What'].split())}"
        if said["State"] == DROPPED and not said["Why"].strip():
            self.fields["Why"].focus()
            raise CallRefused("Say why it is dropped, in a line.")
        values: dict[str, Any] = {"what": said["What"], "side": said["Whose"], "owner": owner, "due_on": due}
        if person is not None:
            values |= {"owner": person.name, "person_id": person.id}
        return await self.desk.call(settle, self.held, values, said["State"], said["Why"], actor, at)


class DropDialog(CallForm):
    """Drops an action."""

    HINT = "enter or {do} drops it   {close} closes, nothing is changed"

    def __init__(self, held: ActionRow) -> None:
        self.held = held
        super().__init__(f"Drop: {clean(held.what)}", {"Why": Line("why it will not be done, in a line")})

    async def save(self) -> object:
        """Drop it."""
        why, actor, at = self.said["Why"], self.desk.actor.id, self.desk.now()
        return await self.desk.call(actions.drop, self.held.id, why, actor, at, self.held.version)
