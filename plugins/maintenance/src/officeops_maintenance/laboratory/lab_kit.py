"""Lab kits: boxes of a test by lot, from their receipt to the day on which they are discarded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Frozen, Part, Problem, Promise, Record, computed, field, named, ref
from officeops_maintenance.happened import not_to_come
from officeops_maintenance.laboratory.use import (
    BLOCKED,
    CONTROL_BY,
    DISCARD_BY,
    USE,
    USES,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from typing import Any

    from officeops import Office
    from officeops.services import Held, KeptBack

_STATE = """CASE WHEN t.finished_on IS NOT NULL THEN 'finished'
WHEN t.opened_on IS NOT NULL THEN 'open' ELSE 'unopened' END"""
_EXPIRY = "officeops_maintenance.laboratory.printed_expiry:refuse_later"
_TRIED = "officeops_maintenance.laboratory.tried_lots"
_HOLDS = "officeops_maintenance.laboratory.holds"


class LabKit(
    Record,
    key="maintenance.lab-kit",
    prefix="LK",
    display="number",
    sort="-id",
    also=("test-kit", "kit-lot"),
    indexes=(("test_id", "number"),),
):
    """A kit of a test, by its lot and shipment."""

    test_id: int = ref(
        "maintenance.lab-test", list_rank=1, also=("test", "lab test"), indexed=False
    )
    number: str = field(
        search=True,
        list_rank=1,
        label="Lot",
        example="L2291",
        also=("lab kit", "lot", "lot number", "kit lot", "lot no", "batch"),
    )
    expires_on: date | None = field(
        default=None,
        list_rank=3,
        # A box that says 2027-03 is good through March.
        month_end=True,
        also=("expiry", "expiration", "expiration date", "exp date"),
        help="As printed on the box; blank is what the stock has",
    )
    received_on: date = field(
        default=lambda office: office.today,
        list_rank=5,
        also=("received", "date received"),
    )
    # The insert of this very box: the menu has the one that was compared.
    insert_version: str | None = field(
        default=None,
        hidden=True,
        label="Insert",
        example="Rev. 7, 2025-03",
        also=("package insert",),
        help="The version of the insert in the box; attach it if it is new",
    )
    opened_on: date | None = field(
        default=None, list_rank=4, also=("opened", "date opened", "open date")
    )
    # State and use follow from these days, so a date that is corrected corrects both.
    finished_on: date | None = field(default=None, managed=True, hidden=True)
    finished_why: str | None = field(default=None, managed=True, hidden=True, example="Used up")
    # Kept here, so that who may not see holds of lots can still end them by a control.
    holds: str | None = field(
        default=None,
        managed=True,
        hidden=True,
        internal=True,
        help="Numbers of its holds in the stock",
    )
    note: str | None = field(kind="long_text", default=None, hidden=True)

    importer = "officeops_maintenance.laboratory.lab_imports:LabKitImport"
    frozen = (Frozen(("test_id", "number"), rule=f"{_TRIED}:of_kit"),)
    promise = Promise(
        f"{_HOLDS}:not_held",
        rests_on={"maintenance.lab-kit": "id", "maintenance.lab-control": "kit_id"},
    )
    computed = (
        computed(
            "use",
            USE,
            kind="choice",
            choices=USES,
            list_rank=2,
            help="Whether it may be used on patients now, worked out from its controls and dates",
        ),
        computed(
            "state",
            _STATE,
            kind="choice",
            choices=("unopened", "open", "finished"),
            list_rank=5,
        ),
        computed("discard_by", DISCARD_BY, kind="date", list_rank=4),
        computed(
            "control_by",
            CONTROL_BY,
            kind="date",
            list_rank=6,
            help="The last day before the next controls, where the insert asks for them regularly",
        ),
        computed(
            "blocked",
            BLOCKED,
            kind="yes_no",
            hidden=True,
            help="Its lot is not to be used until its controls pass",
        ),
    )
    parts = (
        Part(
            "maintenance.lab-control",
            "kit_id",
            ("run_at", "level", "result", "expected", "outcome", "run_by"),
            is_quiet=True,
        ),
    )

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse an opening in the future, before it came, or after it was finished."""
        yield from not_to_come(office, self, "received_on", "opened_on")
        if self.opened_on and self.opened_on < self.received_on:
            yield Problem("is before it was received", "opened_on", code="wrong-order")

    def added(self, office: Office) -> Iterable[str]:
        """Take its expiry from the stock, and hold its lot there until its controls pass."""
        named(_EXPIRY)(office, self)
        sentences: Iterable[str] = named(f"{_HOLDS}:follow_new")(office, self)
        return sentences

    def edited(self, office: Office, before: Mapping[str, Any]) -> Iterable[str]:
        """Hold the lot that it is of now, and release the one that it was of."""
        if {"number", "test_id", "expires_on"} & before.keys():
            named(_EXPIRY)(office, self)
        if {"number", "test_id"} & before.keys():
            yield from named(f"{_HOLDS}:follow_moved")(office, self, before)

    def keep(self, office: Office) -> str | None:
        """Refuse to archive a kit that holds a lot in the stock, or whose controls say something."""
        if self.holds:
            return "it holds its lot in the stock; run its controls first"
        why: str | None = named(f"{_TRIED}:in_log")(office, self)
        return why

    @classmethod
    def kept_back(cls, office: Office, item_id: int) -> Iterable[KeptBack]:
        """Keep back the lots of kits that wait for their controls, those too that come later."""
        goods: Iterable[KeptBack] = named(f"{_HOLDS}:kept_back")(office, item_id)
        return goods

    def why_kept(self, office: Office, hold: int) -> str | None:  # noqa: ARG002 - of every holder
        """Let a lot be thrown away: a kit that failed is of no use."""
        return None

    def came_in(self, office: Office, held: Held) -> None:
        """Take in the hold of its lot."""
        numbers = " ".join(map(str, held.holds))
        office.edit(self, managed=True, holds=f"{self.holds or ''} {numbers}".strip())

    def how_it_ends(self, office: Office, hold: int) -> str:  # noqa: ARG002 - of every holder
        """Say that its controls end the hold of its lot in the stock."""
        return "to release it, run its controls: officeops controls record"
