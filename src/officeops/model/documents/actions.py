"""The actions of a kind of document that ends, each as a command, a form and a permission."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.actions import Action
from officeops.model.errors import Problem, Reason, Refused
from officeops.model.fields import MISSING, Field

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from officeops.model.documents.expiring_document import ExpiringDocument
    from officeops.model.office import Office

    Unless = Callable[[Office, Any], str | None]


def actions_of(kind: type[ExpiringDocument]) -> list[Action[..., Any]]:
    """Return the actions of a kind of document."""
    verified = _field("date", "on", help="When it was verified. [default: today]")
    source = _field("text", "source", help="Where: the issuer's web page, a call")
    filed = _field("date", "on", help="When it was filed. [default: today]")
    reason = _field("text", "reason", default=MISSING, example="The board asked", help="Why")
    because = _field("text", "reason", default=MISSING, example="We close the lab", help="Why")
    return [
        _action(kind, "renew", renew, _replaced, *_of_renewal(), means="renew"),
        _action(kind, "verify", verify, _replaced, verified, source),
        _action(kind, "file-renewal", file_renewal, _nothing_to_file, filed),
        # What makes reminders end is for managers.
        _action(kind, "suspend", suspend, _is_held, reason, danger=True),
        _action(kind, "not-required", not_required, _is_not_required, because, danger=True),
        _action(kind, "reinstate", reinstate, _counts, danger=True),
    ]


def _action(
    kind: type[ExpiringDocument],
    verb: str,
    run: Callable[..., Any],
    unless: Unless,
    *fields: Field,
    means: str = "",
    danger: bool = False,
) -> Action[..., Any]:
    def act(office: Office, document: Any, /, **given: Any) -> Any:  # noqa: ANN401 - see Action
        return run(office, document, **given)

    # The author finds the declaration where the record is.
    act.__module__ = kind.__module__
    help_ = (run.__doc__ or "").partition("\n")[0]
    name = f"{kind.meta.key}.{verb}"
    return Action(act, name, help=help_, means=means, danger=danger, unless=unless, fields=fields)


def _field(kind: str, name: str, **facts: Any) -> Field:  # noqa: ANN401 - see FieldFacts
    return Field(kind, **{"default": None, **facts}).named(name, "")


def _of_renewal() -> tuple[Field, ...]:
    last = "Last day that the new document is valid"
    return (
        _field("date", "expires_on", default=MISSING, month_end=True, help=last),
        _field("text", "number", help="Its number, where it has another"),
        _field("date", "issued_on", help="Its first good day. [default: today]"),
        _field("date", "notice_on", help="Last day to give notice of the new document"),
    )


# -- renewing ------------------------------------------------------------------------------------


def renew(
    office: Office,
    document: ExpiringDocument,
    expires_on: date,
    number: str | None = None,
    issued_on: date | None = None,
    notice_on: date | None = None,
) -> ExpiringDocument:
    """Replace a document that expires with a new one; the old one is kept."""
    # A document that expires sooner renews nothing.
    if document.expires_on and expires_on <= document.expires_on:
        why = f"must be later than {document.expires_on}, the end of the old one"
        raise Refused([Problem(why, "expires_on", code="wrong-order")])
    # The old document stays: an audit asks which one was valid on a day.
    values = {
        **_carried(document),
        "number": number or document.number,
        "issued_on": issued_on or office.today,
        "expires_on": expires_on,
        "notice_on": notice_on,
        "replaces_id": document.id,
    }
    return office.add(type(document)(**values))


def _carried(document: ExpiringDocument) -> dict[str, Any]:
    """Return what the new document has of the old one: all that a person filled in."""
    return {
        field.name: getattr(document, field.name)
        for field in document.meta.fields
        if not (field.managed or field.unique)
    }


def newer_than(office: Office, document: ExpiringDocument) -> int | None:
    """Return the id of the live renewal of a document."""
    table = document.meta.table
    sql = f"SELECT id FROM {table} WHERE replaces_id = ? AND archived_at IS NULL"
    newer: int | None = office.value(sql, document.id)
    return newer


def _replaced(office: Office, document: ExpiringDocument) -> str | None:
    newer = newer_than(office, document)
    if not newer:
        return None
    prefix = document.meta.prefix
    by = f"{prefix}-{newer}" if prefix else f"#{newer}"
    return Reason(f"it was renewed already, by {by}", code="wrong-state")


# -- what a person knows of it -------------------------------------------------------------------


def verify(
    office: Office,
    document: ExpiringDocument,
    on: date | None = None,
    source: str | None = None,
) -> str:
    """Say that you verified a document at its source."""
    day = on or office.today
    _refuse_future(office, day)
    office.edit(
        document, managed=True, verified_on=day, verified_by=office.actor, verified_source=source
    )
    return f"{office.about(document)} is verified."


def file_renewal(
    office: Office,
    document: ExpiringDocument,
    on: date | None = None,
) -> str:
    """Say that the renewal of a document was filed."""
    day = on or office.today
    _refuse_future(office, day)
    if document.issued_on and day < document.issued_on:
        problem = Problem("is before the document was issued", "on", code="wrong-order")
        raise Refused([problem])
    office.edit(document, managed=True, renewal_filed_on=day)
    named = f"{document.meta.one} {office.word_for(document)}"
    return f"The renewal of {named} was filed on {day}."


def _nothing_to_file(office: Office, document: ExpiringDocument) -> str | None:
    if document.expires_on is None:
        return Reason("it does not end", code="nothing-to-do")
    return _replaced(office, document)


def _refuse_future(office: Office, day: date) -> None:
    if day > office.today:
        raise Refused([Problem("is in the future", "on", code="out-of-range")])


# -- suspended, or not needed --------------------------------------------------------------------


def suspend(
    office: Office,
    document: ExpiringDocument,
    reason: str,
) -> str:
    """Suspend a document: it does not count until you reinstate it."""
    office.edit(document, managed=True, held_because=reason)
    return f"{office.about(document)} is suspended: {reason}."


def not_required(
    office: Office,
    document: ExpiringDocument,
    reason: str,
) -> str:
    """Say that nobody needs a document any more; it is no longer due."""
    office.edit(document, managed=True, not_required_because=reason)
    return f"{office.about(document)} is not required: {reason}."


def reinstate(office: Office, document: ExpiringDocument) -> str:
    """Count a document again that was suspended or not required."""
    office.edit(document, managed=True, held_because=None, not_required_because=None)
    return f"{office.about(document)} counts again."


def _is_held(_: Office, document: ExpiringDocument) -> str | None:
    if not document.held_because:
        return None
    return Reason(f"it is suspended: {document.held_because}", code="wrong-state")


def _is_not_required(_: Office, document: ExpiringDocument) -> str | None:
    if not document.not_required_because:
        return None
    return Reason(f"it is not required: {document.not_required_because}", code="wrong-state")


def _counts(_: Office, document: ExpiringDocument) -> str | None:
    if document.held_because or document.not_required_because:
        return None
    return Reason("it is neither suspended nor not required", code="wrong-state")
