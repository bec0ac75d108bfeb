"""What is stored, and how it is written, on both databases."""
