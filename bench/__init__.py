"""What is fast is measured here, beside the peers."""
