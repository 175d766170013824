"""The action that checks exclusion lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import action, named

if TYPE_CHECKING:
    from officeops import Action, Office

#: Loaded for a check alone: it takes the library that compares names.
_COMPARE: Final = "officeops_hr.screening.comparison:compare_all"


@action("hr.check-exclusions", label="Run the exclusion check", long=True)
def check_exclusions(office: Office) -> str:
    """Compare people and vendors with exclusion lists.

    The people are staff and candidates; the lists are those that are loaded.
    """
    sentence: str = named(_COMPARE)(office)
    return sentence


ACTIONS: Final[list[Action[..., Any]]] = [check_exclusions]
