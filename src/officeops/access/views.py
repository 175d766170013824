"""Views of the records of access."""

from __future__ import annotations

from typing import Final

from officeops.model.declarations import View

VIEWS: Final = (
    View(
        "unused",
        "core.ssh-key",
        "SSH keys that nobody uses",
        "unused=yes",
        "last_used",
        ("user_id", "fingerprint", "last_used", "added_on"),
    ),
    View(
        "ending",
        "core.user",
        "Users whose access ends",
        "until!=",
        "until",
        ("login", "full_name", "until", "roles", "last_login"),
    ),
    View(
        "away",
        "core.user",
        "Users on leave, or about to be",
        "back_on>today",
        "away_from",
        ("login", "full_name", "away_from", "back_on", "roles"),
    ),
)
