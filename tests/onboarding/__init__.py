"""Stories of customers who are brought on board."""
