"""The record of a ledger's balances, generated for a plugin that declares none."""

from __future__ import annotations

from types import new_class
from typing import TYPE_CHECKING, Any, Final

from officeops.model.fields import MISSING, Field
from officeops.model.records import Record

if TYPE_CHECKING:
    from officeops.model.ledger.declaration import LedgerDeclaration

#: The facts of an entry's amount that a balance shares.
_KEPT: Final = ("unit", "scale", "help")


def generated(ledger: LedgerDeclaration) -> type[Record]:
    """Make the record of the balances: no form and no command writes it."""
    meta = ledger.meta
    annotations: dict[str, str] = {}
    body: dict[str, Any] = {"__annotations__": annotations}
    for name in ledger.keys:
        declared = meta.by_name[name]
        annotations[name] = "int" if declared.required else "int | None"
        default = MISSING if declared.required else None
        body[name] = Field("reference", target=declared.target, indexed=False, default=default)
    annotations[ledger.amount] = "int"
    amount = meta.by_name[ledger.amount]
    facts = {name: getattr(amount, name) for name in _KEPT if name in vars(amount)}
    body[ledger.amount] = Field(amount.kind, default=0, **facts)
    body["__doc__"] = f"The balances of {meta.many}: the sums of their entries."
    body["__module__"] = ledger.__module__
    # `new_class` passes the class words, as `class ...(Record, key=...)` does.
    words = {
        "key": ledger.balances_key,
        "commandless": True,
        "derived": True,
        "unique_together": (ledger.keys,),
        "scope": meta.scope,
    }
    name = ledger.balances_key.rpartition(".")[2].title().replace("-", "")
    record: type[Record] = new_class(name, (Record,), words, lambda space: space.update(body))
    return record
