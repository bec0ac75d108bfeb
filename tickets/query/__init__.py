"""The query language: a line of words that says which tickets a list holds."""
