"""Questions that cover a place until they are answered."""
