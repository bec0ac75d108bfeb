"""Stories of time that was kept in other programs."""
