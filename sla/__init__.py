"""Arithmetic on time: support hours and clocks as pure functions of instants."""
