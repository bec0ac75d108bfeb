"""What may happen to a ticket, told as stories."""
