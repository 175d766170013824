"""Two years of training, skills and policies of the made-up people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from officeops import Office


def build(office: Office, seed: int) -> None:
    """Write sessions, skills and policies."""
