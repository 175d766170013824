"""RequiredDocument: a document that has to be there, of a type and for somebody."""

from __future__ import annotations

from officeops.model.immutable import Value


class RequiredDocument(Value):
    """A document that has to be there.

    `type_id` is its type, `of_id` the record that it belongs to (0: the office), `what` its name in
    Today, `owner` who sees to it, and `others` who see it too.
    """

    type_id: int
    what: str
    of_id: int = 0
    owner: str = "manager"
    others: tuple[str, ...] = ()
