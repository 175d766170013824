"""Jobs of the inventory, for cron."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Job, LeftOut, job
from officeops.values import wording
from officeops_inventory.model import Order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office


@job("reorder-draft", schedule="weekly", cron="30 5 * * 1")
def reorder_draft(office: Office) -> Iterator[str]:
    """Draft what must be ordered, one purchase order per vendor; a second run has nothing to do."""
    from officeops_inventory.reorder.drafting import BY_HAND, draft_orders

    drafted = draft_orders(office)
    if drafted.lines:
        labels = [office.label(Order, order_id) for order_id in drafted.order_ids]
        names = ", ".join(labels)
        yield f"{wording.count(drafted.lines, 'line')} drafted on {names}."
    else:
        yield "Nothing to draft."
    for line, why in drafted.left:
        # A line changed by hand is a decision; any other line left out needs a person.
        sentence = f"Left out: {line.item.name}: {why.removesuffix('.')}."
        yield sentence if why == BY_HAND else LeftOut(sentence)


JOBS: list[Job] = [reorder_draft]
