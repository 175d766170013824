"""The actions of a lifecycle: a transition as a command, a form and a permission."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from officeops.model.actions import Action
from officeops.model.fields import MISSING, Field
from officeops.model.lifecycle.rules import AT
from officeops.model.lifecycle.transition import REQUIRED

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.model.lifecycle.transition import Transition
    from officeops.model.office import Office
    from officeops.model.records import Record


def action_of(
    record: type[Record],
    transition: Transition,
    move: Callable[..., str],
    reason: Callable[[Office, Any, str], str | None],
    *,
    log: bool,
) -> Action[Any, Any]:
    """Return the action that takes a transition, by the lifecycle's own `move` and `reason`."""
    verb = transition.verb

    def take(office: Office, subject: Any, /, **given: Any) -> str:  # noqa: ANN401 - see Action
        return move(office, subject, verb, **given)

    def unless(office: Office, subject: Any) -> str | None:  # noqa: ANN401 - the record
        return reason(office, subject, verb)

    # The author finds the declaration where the record is.
    take.__module__ = record.__module__
    return Action(
        take,
        f"{record.meta.key}.{verb}",
        help=transition.help,
        means=transition.means,
        label=transition.label,
        word=transition.word,
        danger=transition.danger,
        bulk=transition.bulk,
        unless=unless,
        consent=transition.consent,
        witness=transition.witness,
        fields=tuple(_fields(record, transition, log=log)),
    )


def _fields(
    record: type[Record],
    transition: Transition,
    *,
    log: bool,
) -> list[Field]:
    """Return what the person is asked for: columns of the record, and fields of its own."""
    fields = []
    for name, given in transition.fields.items():
        if isinstance(given, Field):
            fields.append(copy.copy(given).named(name, ""))
        else:
            fields.append(_asked(record.meta.by_name[name], required=given is REQUIRED))
    if log:
        when = Field("instant", default=None, help="When it happened. [default: now]")
        fields.append(when.named(AT, "datetime"))
    return fields


def _asked(column: Field, *, required: bool) -> Field:
    """Return a column of the record as a field to fill in; blank leaves it as it is."""
    asked = copy.copy(column)
    asked.managed = False
    asked.unique = False
    asked.required = required
    asked.default = MISSING if required else None
    return asked
