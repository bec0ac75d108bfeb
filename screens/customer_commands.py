"""What can be done with customers and what they signed."""

from __future__ import annotations

from screens.commands import BACK, COPY, LIST_COMMANDS, LOOKING, Command
from screens.credit_commands import CREDITS

CUSTOMER = "Customer"

OPEN_PAGE = Command("customer.open", "enter", "Open", "See what the customer agreed.", CUSTOMER, "open", "open")
NEW_CUSTOMER = Command("customer.new", "N", "New customer", "Add a customer.", CUSTOMER, "new", "new")
SIGN = Command("customer.sign", "S", "Sign", "Write a contract with its first term.", CUSTOMER, "sign", "sign")
RENEW = Command("customer.renew", "R", "Renew", "Add a term after the last one.", CUSTOMER, "renew", "renew")
CONTACT = Command("customer.contact", "n", "New contact", "Add a person on their side.", CUSTOMER, "contact", "contact")
BUDGET = Command("customer.hours", "h", "Hours", "See the customer's promised hours.", LOOKING, "hours", "hours")
CUSTOMERS_COMMANDS = (OPEN_PAGE, CREDITS, NEW_CUSTOMER, SIGN, *LIST_COMMANDS)
PAGE_COMMANDS = (CREDITS, BUDGET, SIGN, RENEW, CONTACT, COPY, BACK, *LIST_COMMANDS)
