"""A file a place that a person can be in."""
