"""The desk's own two themes: one accent; the other colours belong to severity and clock."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="tamdesk-dark",
    primary="#7AA2C8",
    secondary="#4C6A88",
    accent="#7AA2C8",
    foreground="#D5D9DE",
    background="#14171B",
    surface="#1A1E23",
    panel="#20252B",
    success="#8FB573",
    warning="#E0B050",
    error="#F07062",
    dark=True,
)
LIGHT = Theme(
    name="tamdesk-light",
    primary="#1F5E93",
    secondary="#5F84A6",
    accent="#1F5E93",
    foreground="#23282E",
    background="#FAFAF8",
    surface="#F2F2EF",
    panel="#E6E7E4",
    success="#2F6B2A",
    warning="#8A5A00",
    error="#B3261E",
    dark=False,
)
THEMES = {theme.name: theme for theme in (DARK, LIGHT)}
SIXTEEN_DARK, SIXTEEN_LIGHT = "ansi-dark", "ansi-light"
