"""FieldConflict: one field that two people changed."""

from __future__ import annotations

from officeops.model.immutable import Value


class FieldConflict(Value):
    """The text someone else saved, and the text before both changes."""

    theirs: str
    before: str
