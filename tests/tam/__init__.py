"""Stories of the hours that a customer was promised."""
