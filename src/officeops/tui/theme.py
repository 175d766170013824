"""The program's own theme: greys and one blue, for a screen that people look at all day."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

from officeops.tui.terminal.terminal_setup import CALM_THEME

CALM: Final = Theme(
    name=CALM_THEME,
    primary="#6c9fd2",
    secondary="#8fa7bf",
    accent="#8fbce6",
    foreground="#d8dee6",
    background="#16191d",
    surface="#20252b",
    panel="#252b33",
    warning="#e0b060",
    error="#e58a80",
    success="#8fbf8f",
    dark=True,
    variables={
        "block-cursor-background": "#35506e",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
    },
)
