"""What may happen to a ticket."""
