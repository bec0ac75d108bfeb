"""What was agreed with a customer."""
