"""Version of a policy: its text or attached file, and from which day it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Problem, Record, Retention, field, ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from officeops import Office

_NEXT: Final = "SELECT ifnull(max(number), 0) + 1 FROM hr_policy_version WHERE policy_id = ?"
_READ: Final = "SELECT 1 FROM hr_acknowledgment WHERE policy_version_id = ? AND archived_at IS NULL"
#: What people confirmed that they have read.
_FIXED: Final = ("policy_id", "text", "effective_on", "read_again")


class PolicyVersion(
    Record,
    key="hr.policy-version",
    prefix="PV",
    display="policy_id",
    sort="policy,-number",
    also=("revision",),
):
    """A version of a policy, as text or as a file.

    The one in effect is the latest whose day has come. Once somebody has confirmed that they read
    it, it stays as it is.
    """

    policy_id: int = ref("hr.policy", list_rank=1)
    number: int = field(
        default=0,
        managed=True,
        list_rank=1,
        help="1, 2, 3 and so on",
    )
    effective_on: date = field(
        default=lambda office: office.today, list_rank=1, also=("effective date", "date")
    )
    text: str | None = field(
        kind="long_text", default=None, hidden=True, help="Blank: the file that you attach"
    )
    # A slip of the pen must not void a hundred signatures.
    read_again: bool = field(
        default=True,
        list_rank=3,
        help="Whether people who read the one before must read it; the first is for all",
    )
    change: str | None = field(
        default=None, list_rank=2, help="What changed", example="New clinic for exposures"
    )

    importer = "officeops_hr.policies.imports:PolicyVersionImport"
    retention = Retention(years=6, why="45 CFR 164.530(j), 164.316(b)(2)")

    def filled(self, office: Office) -> Mapping[str, object]:
        """Return its number: the next of its policy."""
        # Kept once given: an archived version leaves a gap, and no two share a number.
        return {"number": self.number or office.value(_NEXT, self.policy_id)}

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse changes of a version that somebody has read."""
        if not self.id or office.value(_READ, self.id) is None:
            return
        before = office.get(PolicyVersion, self.id)
        for name in _FIXED:
            if getattr(before, name) != getattr(self, name):
                why = "was read so; issue another version: officeops policy issue"
                yield Problem(why, self.meta.by_name[name].public_name, code="not-allowed-here")

    def keep(self, office: Office) -> str | None:
        """Keep a version that somebody has confirmed."""
        if office.value(_READ, self.id) is not None:
            return "people have confirmed that they read it"
        return None
