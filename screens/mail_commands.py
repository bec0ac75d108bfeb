"""What can be done with a mail that nobody could be found for."""

from __future__ import annotations

from screens.commands import BACK, LIST_COMMANDS, TICKET, Command

FILE = Command("mail.file", "f,enter", "File", "File the mail on a ticket, or as a new one.", TICKET, "file", "file")
DISMISS = Command("mail.dismiss", "d", "Dismiss", "Set the mail aside, with a reason.", TICKET, "set_aside", "dismiss")
MAIL_COMMANDS = (FILE, DISMISS, BACK, *LIST_COMMANDS)
