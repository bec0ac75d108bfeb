"""Pieces that several places draw with."""
