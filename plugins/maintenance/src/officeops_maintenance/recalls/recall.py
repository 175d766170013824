"""Recall: a notice of the FDA, and the units that it may be about.

openFDA's device enforcement reports have models, lots and serial numbers in free text alone, and say
that they are not validated: a match is a candidate, and a person decides each.
"""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - the kinds of fields
from typing import TYPE_CHECKING, Any, Final

from officeops import ACTOR, NOW, Lifecycle, Record, Transition, field, named, ref
from officeops_maintenance.happened import not_to_come
from officeops_maintenance.stated_reason import kept_in, stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops import Office, Problem

#: Which units a recall may be about; it reads equipment and recalls.
_CHANGED: Final = "officeops_maintenance.recalls.changed_words:recall_changed"
_AFFECTED: Final = "officeops_maintenance.recalls.decisions:is_affected"
_AWAITS: Final = "officeops_maintenance.recalls.decisions:awaits_remedy"
_DECIDED: Final = {"decided_by": ACTOR, "decided_at": NOW}
CANDIDATE: Final = Lifecycle(
    ("open", "affected", "not_affected", "remedied"),
    Transition(
        "affected",
        ("open", "not_affected", "remedied"),
        "affected",
        "Decide that the recall is about this unit, which is quarantined.",
        means="approve",
        fields={"reason": stated("The lot is another one")},
        stamp=_DECIDED,
        writes=kept_in("because"),
        then=_AFFECTED,
    ),
    Transition(
        "not-affected",
        ("open", "affected"),
        "not_affected",
        "Decide that the recall is not about this unit, and say why.",
        means="deny",
        fields={"reason": stated("The lot is another one")},
        stamp=_DECIDED,
        writes=kept_in("because"),
    ),
    Transition(
        "remedy",
        ("affected",),
        "remedied",
        "Note the remedy, such as a new part: the unit may return to service.",
        means="do",
        fields={"reason": stated("The maker replaced the board")},
        stamp=_DECIDED,
        writes=kept_in("because"),
        then="officeops_maintenance.recalls.decisions:is_remedied",
    ),
    words={"not_affected": "not affected"},
    column="decision",
    log=True,
    binds=False,
)


class Recall(Record, key="maintenance.recall", prefix="RC", display="number", sort="-reported_on"):
    """A recall that the FDA has published."""

    number: str = field(
        unique=True,
        search=True,
        list_rank=1,
        example="Z-1004-2004",
        also=("recall number", "recall"),
    )
    classification: str | None = field(default=None, list_rank=2, also=("class",))
    firm: str | None = field(default=None, search=True, list_rank=3, also=("recalling firm",))
    product: str = field(kind="long_text", search=True, list_rank=4, also=("product description",))
    codes: str | None = field(
        kind="long_text",
        default=None,
        hidden=True,
        label="Lots and serial numbers",
        also=("code info",),
    )
    reason: str | None = field(
        kind="long_text", default=None, hidden=True, also=("reason for recall",)
    )
    started_on: date | None = field(default=None, hidden=True, also=("recall initiation date",))
    reported_on: date | None = field(default=None, list_rank=5, also=("report date",))

    importer = "officeops_maintenance.recalls.recall_import:RecallImport"

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a recall that begins later, or that somebody reports later."""
        yield from not_to_come(office, self, "started_on", "reported_on")

    def keep(self, office: Office) -> str | None:
        """Refuse to archive a recall while a unit that it is about has not been seen to."""
        why: str | None = named(_AWAITS)(office, self)
        return why

    def added(self, office: Office) -> Iterable[str]:
        """Note the units that it may be about."""
        sentences: Iterable[str] = named(_CHANGED)(office, self)
        return sentences

    def edited(self, office: Office, before: Mapping[str, Any]) -> Iterable[str]:
        """Do so again where its words changed."""
        sentences: Iterable[str] = named(_CHANGED)(office, self, before)
        return sentences


class RecallCandidate(
    Record,
    key="maintenance.recall-candidate",
    prefix="RM",
    label="Recall candidate",
    display="matched",
    sort="id",
    actions_only=True,
):
    """A unit that a recall may be about; a person decides."""

    recall_id: int = ref("maintenance.recall", archived=True, list_rank=1)
    equipment_id: int = ref("maintenance.equipment", archived=True, list_rank=2)
    matched: str = field(list_rank=3, help="Its words that the recall has too")
    decision: str = CANDIDATE.field(list_rank=1)
    because: str | None = field(default=None, managed=True, list_rank=4)
    decided_by: str | None = field(default=None, managed=True, list_rank=5)
    decided_at: datetime | None = field(default=None, managed=True, hidden=True)

    identity = (("recall_id", "equipment_id"),)
    life = CANDIDATE
    page = "officeops_maintenance.recalls.candidate_page:page"
    added_by = "officeops recall import"
