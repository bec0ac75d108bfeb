"""Tickets of another desk, read from its export and landed with their clocks as they really ran."""
