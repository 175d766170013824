"""Facts of a load on which its release rests: entered once, and corrected with a reason alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Reason
from officeops_maintenance.sterilizer.load_life import ADVERSE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops import Office
    from officeops_maintenance.sterilizer.load import Load


def refused(office: Office, load: Load, before: Mapping[str, Any]) -> str | None:  # noqa: ARG001
    """Return why a fact of a load stays as it was entered: its release, or its list, rests on it."""
    # A correction writes its reason in the same change.
    if "corrected" in before:
        return None
    was = before.get("state", load.state)
    changed = [name for name in ADVERSE if name in before]
    # An undo of the release takes back the indicators that were read with it.
    if was == "run" or load.state == "run":
        changed = [name for name in changed if ADVERSE[name] in {None, before[name]}]
    if not changed:
        return None
    cure = "reject it instead"
    if was == "run":
        cure = f"say why: officeops sterilizer-load correct {load.human_key} --reason …"
    why = f"cannot be edited, as the release rests on it; {cure}"
    return Reason(why, code="wrong-state")
