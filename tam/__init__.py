"""How an hour is promised and spent."""
