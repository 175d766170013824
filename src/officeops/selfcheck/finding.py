"""Finding: one thing that was looked at, and what was seen."""

from __future__ import annotations

from typing import Final

from officeops.model.immutable import Value

#: From harmless to what needs a person now.
SEVERITIES: Final = ("ok", "note", "warning", "problem")


class Finding(Value):
    """What was looked at (`area`), how bad it is, what was seen and what to do. `mend` names a repair that is safe to make.

    `code` says which finding it is, and never changes: scripts read it. One that is "ok" has the code of its check.
    """

    area: str
    code: str
    severity: str
    what: str
    cure: str = ""
    mend: str = ""
    #: Whether a plugin that failed or is refused is all that is wrong: then the answer is incomplete.
    is_incomplete: bool = False
