"""How a customer is brought on board."""
