"""Promise: what holds for each record of a kind after every action, whichever way it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The column of a record that a promise watches for itself.
ITSELF = "id"


class Promise(Value):
    """What holds for each record of a kind, and what that rests on: `promise = Promise(...)`.

    `rests_on` names kinds of record, each with the field by which a row of it names the record:
    `{"clinic.test": "device_id", "core.task": "about"}`; the kind itself with `"id"`. At the end of
    each action that wrote such a row, in its transaction, `rule` is asked about the records that
    the rows name or named: a command, an import, a merge, an undo and a redo alike. It is
    `module:function` of the office and the records, and yields `(record, why)` for each one that
    may not stay so; the action is refused then.
    """

    rule: str
    rests_on: Mapping[str, str]
