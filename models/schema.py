"""All tables of the desk, parents before children."""

from models.agreements import Adoption, Contract, Credit, Term
from models.base import Table
from models.calls import Action, CallSeries, Feedback, ReviewCall
from models.clocks import Basis, Clock, Escalation
from models.customers import Contact, Customer
from models.hours import Allowance, BudgetAlert, ClosedPeriod, TimeEntry, Timer, TopUp
from models.journal_tables import Change, Operation
from models.onboardings import (
    Criterion,
    Evidence,
    GatePassing,
    ItemNeed,
    Onboarding,
    OnboardingItem,
    OnboardingPhase,
    Risk,
    ScopeRequest,
    Session,
    SignOff,
    StatusReport,
)
from models.people import Person
from models.requests import Attachment, Content, Mail, Request
from models.tickets import Draft, Message, Queue, Ticket
from models.working import CannedReply, Macro, Mention, Presence, SavedView, TicketLink

TABLES: tuple[type[Table], ...] = (
    Person,
    Customer,
    Contact,
    Contract,
    Adoption,
    Term,
    Credit,
    Queue,
    Ticket,
    Message,
    Draft,
    Basis,
    Clock,
    Escalation,
    Allowance,
    TopUp,
    CallSeries,
    ReviewCall,
    Action,
    Feedback,
    Onboarding,
    OnboardingPhase,
    OnboardingItem,
    ItemNeed,
    Criterion,
    Evidence,
    Session,
    ScopeRequest,
    GatePassing,
    SignOff,
    Risk,
    StatusReport,
    TimeEntry,
    Timer,
    ClosedPeriod,
    BudgetAlert,
    Request,
    Content,
    Attachment,
    Mail,
    SavedView,
    Macro,
    CannedReply,
    TicketLink,
    Mention,
    Presence,
    Operation,
    Change,
)
BY_NAME: dict[str, type[Table]] = {table._meta.table_name: table for table in TABLES}
