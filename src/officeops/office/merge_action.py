"""The action of a merge, made for each kind of record that allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.actions import Action
from officeops.model.fields import field

if TYPE_CHECKING:
    from officeops.model.office import Office
    from officeops.model.records import Record


def merge_action(record: type[Record]) -> Action[Any, str]:
    """Return the action that merges a record of a kind into another one."""
    meta = record.meta
    into = field(help=f"The {meta.one} that stays", target=meta.key)
    take = field(
        default=None,
        example="phone",
        help="Fields whose values the one that goes has right, with commas between",
    )

    def run(
        office: Office,
        gone: Record,
        /,
        into: int,
        take: str | None = None,
    ) -> str:
        names = [name.strip() for name in (take or "").split(",") if name.strip()]
        return office.merge(
            office.get(record, into),
            gone,
            names,
        )

    action: Action[Any, str] = Action(
        run,
        f"{meta.key}.merge",
        help=f"Merge {meta.a_record} into another one.",
        label="Merge",
        danger=True,
        fields=(into.named("into", "int"), take.named("take", "str | None")),
    )
    # The code is the core's, so a fault of it is not blamed on the record's plugin.
    action.plugin = "core"
    return action
