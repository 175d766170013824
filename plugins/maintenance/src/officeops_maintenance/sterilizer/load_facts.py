"""Facts of a load on which its release rests: entered once, and corrected with a reason alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops_maintenance.sterilizer.load import Load

#: What the release and the list of loads in doubt rest on, each with its value while it is blank.
_FACTS: Final[Mapping[str, Any]] = {
    "equipment_id": None,
    "run_at": None,
    "implant": False,
    "mechanical": None,
    "chemical": None,
}


def refuse_edit(load: Load, before: Mapping[str, Any]) -> None:
    """Raise Refused for another value of a fact that was entered; a blank one may be filled in."""
    # A correction writes its reason in the same change.
    if "corrected" in before:
        return
    was = before.get("state", load.state)
    changed = before.keys() & _FACTS.keys()
    if was == "run":
        changed = {name for name in changed if before[name] != _FACTS[name]}
    if not changed:
        return
    words = ", ".join(sorted(load.meta.by_name[name].public_name for name in changed))
    cure = "reject it instead"
    if was == "run":
        # Somebody may have released it by the new value, and nobody would know of the old one.
        cure = f"say why: officeops sterilizer-load correct {load.human_key} --reason …"
    why = f"{words} cannot be edited once entered; {cure}"
    raise Refused(why, load.human_key, code="wrong-state")
