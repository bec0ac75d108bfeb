"""Writes the demo through the same operations as people's work, in the order in which it happened."""

import json
from datetime import timedelta
from functools import partial
from random import Random

from cli.demo.boarding import Boarding, tales
from cli.demo.calling import Calls
from cli.demo.companies import Company, colleagues, companies
from cli.demo.hours import Hours
from cli.demo.script import DAY, Script, scripts
from cli.demo.spending import today
from cli.demo.telling import Ids, Step, Told
from cli.demo.turns import Turns
from cli.demo.working import make_tools
from contracts.credits import grant, refuse
from models import journal
from models.access import add_person, identify
from models.agreements import Adoption, Contract, Term
from models.connection import SQLITE, Desk
from models.customers import Contact, Customer
from models.hours import Allowance
from models.people import LEAD
from models.reading import rows, scalar
from models.tickets import CLOSED, Message, Ticket
from sla.datetimes import instant_of
from sla.wall import local_of

FIRST_NUMBER = 1001
SOURCE = "demo"
"""The source of the first ticket, by which a demo is told from a desk that people work at."""
DESK_AGE = 640 * DAY
CREDITS_DECIDED = 21 * DAY
TOOLS_MADE = 75 * DAY


def build(desk: Desk, seed: int, now: int) -> None:
    """Fill an empty desk so that it is alive at `now`; the same rows for the same seed and instant."""
    if desk.kind == SQLITE:
        desk.execute("PRAGMA synchronous = OFF")  # a demo that a power cut ends is made again
    else:
        desk.execute("SET synchronous_commit = off")
    try:
        _Builder(seed, now).build()
    finally:
        desk.execute("PRAGMA synchronous = FULL" if desk.kind == SQLITE else "SET synchronous_commit = on")


class _Builder:
    """Knows the ids that rows got."""

    def __init__(self, seed: int, now: int) -> None:
        self.seed, self.now = seed, now
        self.ids = Ids()

    def build(self) -> None:
        """People first, then everything else by its instant."""
        self._people()
        steps: list[Step] = [*Hours(self.ids, self.seed, self.now).steps()]
        steps += Calls(self.ids, self.now).steps()
        for tale in tales():
            steps += Boarding(self.ids, tale, self.now).steps()
        others = scripts(self.seed, self.now)
        oldest = others[0].events[0].at
        first = next(script for script in others if not script.role.part.late)
        others.remove(first)
        for held in companies():
            steps.append((self._start(held), partial(self._customer, held)))
        told = [Told(self.ids, script, Random(f"{self.seed} impact {number}")) for number, script in enumerate(others)]
        steps += [step for each in told for step in each.steps()]
        steps += Turns(self.ids, told, self.now).steps()
        steps.insert(0, (oldest, partial(self._taken_over, first, oldest)))
        steps.append((self.now - CREDITS_DECIDED, self._decide_credits))
        made = self.now - TOOLS_MADE
        steps.append((made, partial(make_tools, self.ids.people, self.lead, made)))
        for _, step in sorted(steps, key=lambda step: step[0]):
            step()

    def _people(self) -> None:
        first, *others = colleagues()
        lead = identify(first.login, self.now - DESK_AGE, first.name).id
        self.ids.people[first.login] = lead
        for person in others:
            added = add_person(person.login, person.name, person.role, lead, self.now - DESK_AGE + 60)
            self.ids.people[person.login] = added

    @property
    def lead(self) -> int:
        """Who signs contracts and decides on credits."""
        return next(self.ids.people[person.login] for person in colleagues() if person.role == LEAD)

    def _start(self, held: Company) -> int:
        """Midnight, at the customer's, of the day on which the contract began."""
        local = local_of(held.zone, self.now) - timedelta(days=held.days_since_start)
        return instant_of(local.replace(hour=0, minute=0, second=0, microsecond=0))

    def _customer(self, held: Company) -> None:
        at = self._start(held)
        with journal.transaction(self.lead, at, "contract.sign") as tx:
            customer = tx.insert(
                Customer,
                key=held.key,
                name=held.name,
                badge=held.badge,
                zone=held.zone,
                tam_id=self.ids.people.get(held.tam),
            )
            self.ids.customers[held.key] = customer
            for number, name in enumerate(held.contacts):
                self.ids.contacts[held.key, name] = tx.insert(
                    Contact, customer_id=customer, name=name, email=held.mail(name), named=int(number < 2)
                )
            self._contract(tx, held, customer, at)
            tx.say(f"{held.name} signed: {held.plan}, annex {held.revision}.")

    def _contract(self, tx: journal.Transaction, held: Company, customer: int, at: int) -> None:
        contract = tx.insert(
            Contract,
            customer_id=customer,
            plan=held.plan,
            support_option=held.support_option,
            deployment=held.deployment,
            data_location=held.region,
            order=json.dumps(held.order),
            starts_at=at,
        )
        self.ids.contracts[held.key] = contract
        tx.insert(Adoption, contract_id=contract, revision=held.revision, effective_at=at, person_id=self.lead)
        day = local_of(held.zone, at).date()
        while day <= today(held, self.now):
            following = day + timedelta(days=365)
            tx.insert(
                Term,
                contract_id=contract,
                starts_on=day.isoformat(),
                ends_on=(following - timedelta(days=1)).isoformat(),
            )
            day = following
        if "tam" in held.order:
            tam = held.order["tam"]
            starts_on = local_of(held.zone, at).date().isoformat()
            tx.insert(Allowance, contract_id=contract, period=tam["per"], minutes=tam["minutes"], starts_on=starts_on)

    def _taken_over(self, script: Script, received: int) -> None:
        """The oldest ticket came with the desk's move to this tool, with the number that it had."""
        held = script.role.part
        customer, contact = self.ids.customers[held.company], self.ids.contacts[held.company, script.contact]
        with journal.transaction(self.lead, received, "ticket.take_over", FIRST_NUMBER) as tx:
            tx.insert(
                Ticket,
                id=FIRST_NUMBER,
                customer_id=customer,
                contact_id=contact,
                contract_id=self.ids.contracts[held.company],
                queue_id=scalar("SELECT id FROM queue WHERE key = 'support'"),
                owner_id=self.lead,
                subject=script.subject,
                severity=held.severity,
                state=CLOSED,
                is_open=0,
                received_at=received,
                updated_at=received,
                source=SOURCE,
                external_id="T-4711",
                order_at=(1 << 41) + received,
            )
            tx.insert(
                Message,
                ticket_id=FIRST_NUMBER,
                side="customer",
                contact_id=contact,
                author=script.contact,
                at=received,
                body=script.events[0].text,
            )
            tx.say(f"#{FIRST_NUMBER} taken over, closed, from the previous desk.")

    def _decide_credits(self) -> None:
        """Of the credits owed by then the lead refuses the oldest and grants the next ones."""
        owed = rows("SELECT clock_id FROM credit WHERE entry = 'owed' ORDER BY id LIMIT 4")
        at = self.now - CREDITS_DECIDED
        for number, (clock,) in enumerate(owed):
            if number:
                grant(clock, "as the annex promises", self.lead, at)
            else:
                refuse(clock, "the customer had asked to be called back the next day", self.lead, at)
