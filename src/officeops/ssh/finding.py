"""Finding: one part of an installation, in order or with the commands that make it so."""

from __future__ import annotations

from officeops.model.immutable import Value


class Finding(Value):
    """One part of an installation, whether it is in order, and the commands that make it so.

    `advice` is for a part that is in order, or that officeops can do without.
    """

    what: str
    in_order: bool
    commands: str = ""
    advice: str = ""

    @property
    def to_do(self) -> str:
        """The commands of a part that is missing, or the advice on one that is in order."""
        return self.advice if self.in_order else self.commands


def note(what: str, advice: str = "") -> Finding:
    """Return the finding for a part that is in order, or that officeops can do without."""
    return Finding(what, True, advice=advice)  # noqa: FBT003 - this function is its name


def missing(what: str, commands: str) -> Finding:
    """Return the finding for a missing part."""
    return Finding(what, False, commands)  # noqa: FBT003 - this function is its name
