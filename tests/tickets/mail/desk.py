"""The desk that mail comes to: two tickets, contacts and colleagues with addresses."""

from models import journal
from models.customers import Contact
from models.people import Person
from models.reading import scalar
from tests.tickets.cast import Cast, at, cast, receive
from tests.tickets.mail.messages import mail
from tickets.mail.filing import file_mail

FIRST = at("Mon 09:00")


def mail_desk() -> Cast:
    """#1 is Acme's by Carla's mail, severity 2; #2 is Globex's; several people have addresses."""
    who = cast()
    with journal.transaction(None, FIRST, "setup") as tx:
        for customer, name, email in (
            (who.acme, "Otto", "otto@acme.example"),
            (who.globex, "Gina", "Gina@Globex.example"),
            (who.hobby, "Hal", "hal@hobby.example"),
            (who.acme, "Agent", "both@agency.example"),
            (who.plain, "Agent", "both@agency.example"),
        ):
            tx.insert(Contact, customer=customer, name=name, email=email)
        for person, email in ((who.ben, "Ben@vendor.example"), (who.rita, "rita@vendor.example")):
            tx.update(Person, person, email=email)
        tx.say("Addresses became known.")
    file_mail(mail(Subject=b"Login loop, sev 2", Message_ID=b"<first@acme.example>"), FIRST)
    receive(who, FIRST, customer_id=who.globex)
    assert scalar("SELECT COUNT(*) FROM ticket") == 2
    return who
