"""Does on one ticket what its script says."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from random import Random

from cli.demo.cast import SOLVED
from cli.demo.companies import company, terms
from cli.demo.facts import files, said
from cli.demo.script import Event, Script
from contracts.words import COMMUNITY
from models.reading import rows
from tickets import operations
from tickets.mentions import mark_seen
from tickets.requests import Draft, receive_request

IMPACTS = {
    1: ("Nobody can log in.", "All applications are down.", "Production stands still."),
    2: ("Part of the users cannot work.", "Customers notice it.", "A roll-out is blocked."),
}
Step = tuple[int, Callable[[], object]]


@dataclass(slots=True)
class Ids:
    """The ids that rows got: people by login, customers and contracts by key, contacts by key and name."""

    people: dict[str, int] = field(default_factory=dict)
    customers: dict[str, int] = field(default_factory=dict)
    contracts: dict[str, int] = field(default_factory=dict)
    contacts: dict[tuple[str, str], int] = field(default_factory=dict)


class Told:
    """A ticket whose script is being told; `id` is 0 until it is received."""

    def __init__(self, ids: Ids, script: Script, chance: Random) -> None:
        self.ids, self.script, self.chance = ids, script, chance
        self.id = 0

    def steps(self) -> list[Step]:
        """An operation an event."""
        return [(event.at, partial(self._do, event)) for event in self.script.events]

    def _do(self, event: Event) -> None:
        actor = self.ids.people.get(event.who, 0)
        if event.what == "receive":
            self.id = self._receive(event)
        elif event.what == "claim":
            operations.claim(self.id, actor, event.at)
        elif event.what == "wrote":
            operations.customer_wrote(self.id, event.text, event.at)
        elif event.what == "reply":
            operations.reply(self.id, event.text, actor, event.at, then=event.then)
            self._seen(event.at)
        elif event.what == "note":
            operations.note(self.id, event.text, actor, event.at)
        elif event.what == "escalate":
            operations.escalate(self.id, event.then, event.text, actor, event.at)
        else:
            restored = event.what == "solve" and self.script.role.part.severity == 1
            note = "The customer says that everyone can log in again." if restored else ""
            state = "closed" if event.what == "close" else "solved"
            operations.change_state(self.id, state, actor, event.at, note=note)

    def _seen(self, at: int) -> None:
        """Whom the desk called to a severity 1 has looked at the latest when it is answered."""
        if self.script.role.part.severity == 1:
            for (person,) in rows("SELECT owner_id FROM ticket WHERE id = ?", (self.id,)):
                mark_seen(person, self.id, at)

    def _receive(self, event: Event) -> int:
        part, problem = self.script.role.part, self.script.role.problem.id
        overstated = part.severity > 1 and self.chance.random() < 0.15
        draft = Draft(
            customer_id=self.ids.customers[part.company],
            subject=self.script.subject,
            body=event.text,
            severity=part.severity,
            contact_id=self.ids.contacts[part.company, self.script.contact],
            channel=self._channel(part.company),
            queue=part.queue,
            impact=self.chance.choice(IMPACTS.get(part.severity, ("",))),
            customer_severity=part.severity - 1 if overstated else part.severity,
        )
        if part.state == SOLVED:
            return receive_request(draft, actor=None, at=event.at)
        return receive_request(draft._replace(**said(problem)), actor=None, at=event.at, files=files(problem))

    def _channel(self, key: str) -> str:
        """Mostly the customer's usual channel, else another one that they may use."""
        usual = company(key).channel
        others = [way.id for way in terms(key).channels if not way.community and way.entitlement.value == "yes"]
        return usual if usual == COMMUNITY or self.chance.random() < 0.7 else self.chance.choice(others)
