"""ExpiringDocument: the base of the documents that end: licenses, permits, policies, contracts."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the kinds of fields
from typing import TYPE_CHECKING, Any, ClassVar

from officeops.model.declarations import named
from officeops.model.documents.rules_text import OF_TYPE, asked_in_sql, read, written
from officeops.model.documents.status import STATUSES, Dates, DocumentStatus, ExpiryRules, status_of
from officeops.model.errors import Problem
from officeops.model.fields import ITSELF, Field, computed, field, ref
from officeops.model.meta import table_of
from officeops.model.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Self

    from officeops.model.actions import Action
    from officeops.model.documents.required_document import RequiredDocument
    from officeops.model.due import Severity
    from officeops.model.proof import Proof
    from officeops.model.records import AnyOffice

_BEGUN = "(replaces_id IS NULL OR issued_on IS NULL OR issued_on <= office_today())"
_AS_PROOF = "officeops.model.documents.proof:proof_of"
_OF_TYPES = "officeops.office.missing_documents:of_types"
_UNVERIFIED = "officeops.model.documents.unverified"


class ExpiringDocument(Record, base=True):
    """Base of the kinds of documents that end. Each has its own table, permissions and scope.

    A kind says how its documents end by `terms`, or with `typed_by`, the reference to a kind that
    is based on `officeops.DocumentType`, by the rows of that. `of` is the reference to the record
    that a document belongs to: a vendor, a person; blank for the office's own. `severity` is that
    of one that has expired.

    A document's status is worked out whenever it is asked for. A renewal is another document that
    `replaces` the old one, which stays in the history of both and out of lists.
    """

    #: How the documents end where no type says so.
    terms: ClassVar[ExpiryRules] = ExpiryRules()
    typed_by: ClassVar[str] = ""
    of: ClassVar[str] = ""
    severity: ClassVar[Severity] = "legal"
    replaces: ClassVar[str] = "replaces_id"
    lists: ClassVar[str] = "current"
    begun: ClassVar[str] = "has_begun"
    importer: ClassVar[str] = "officeops.exchange.document_import:ExpiringDocumentImport"

    number: str | None = field(
        default=None,
        search=True,
        list_rank=4,
        also=("document number", "license number", "policy number"),
    )
    issuer: str | None = field(
        default=None, search=True, list_rank=7, help="Who issued it: the board, the insurer"
    )
    issued_on: date | None = field(
        default=None, list_rank=6, also=("issue date", "effective date"), help="Its first good day"
    )
    expires_on: date | None = field(
        default=None,
        list_rank=2,
        month_end=True,
        also=("expiry", "expiry date", "expiration date", "valid until"),
        help="Its last good day",
    )
    notice_on: date | None = field(
        default=None,
        list_rank=7,
        also=("notice date", "cancel by"),
        help="Last day to give notice, where it renews itself",
    )
    verified_on: date | None = field(default=None, managed=True, list_rank=7)
    verified_by: str | None = field(default=None, managed=True, list_rank=7)
    verified_source: str | None = field(
        default=None, managed=True, list_rank=7, help="Where it was verified"
    )
    renewal_filed_on: date | None = field(default=None, managed=True, list_rank=7)
    not_required_because: str | None = field(default=None, managed=True, list_rank=7)
    held_because: str | None = field(
        default=None, managed=True, list_rank=7, help="Why it is suspended"
    )
    replaces_id: int | None = ref(ITSELF, default=None, managed=True, hidden=True)

    def __init_subclass__(cls, *, base: bool = False, **words: Any) -> None:  # noqa: ANN401
        # Before the fields are taken off the class: the rules in SQL need the target of `typed_by`.
        if not base and "." in words.get("key", ""):
            cls.computed = (*cls.computed, *_worked_out(cls, table_of(words["key"])))
            words["indexes"] = (*words.get("indexes", ()), ("expires_on",))
        super().__init_subclass__(base=base, **words)

    @classmethod
    def actions(cls) -> list[Action[..., Any]]:
        """Return the actions of the kind: renew, verify, file-renewal, suspend and the others."""
        actions: list[Action[..., Any]] = named("officeops.model.documents.actions:actions_of")(cls)
        return actions

    @classmethod
    def action(cls, verb: str) -> Action[..., Any]:
        """Return one of them, to run it from code: `office.do(Permit.action("renew"), permit, …)`."""
        return next(action for action in cls.actions() if action.verb == verb)

    @classmethod
    def requirements(cls, office: AnyOffice) -> Iterable[RequiredDocument]:
        """Yield the documents that have to be there: each required type once.

        A kind whose documents belong to people or vendors says whose: by role, by order.
        """
        required: Iterable[RequiredDocument] = named(_OF_TYPES)(office, cls)
        return required

    @classmethod
    def in_force(cls, office: AnyOffice, where: str = "1", *values: object) -> Iterator[Self]:
        """Yield the live documents that meet an SQL condition and that no renewal replaces yet.

        A renewal itself is in force from its first day.
        """
        table = cls.meta.table
        is_replaced = replaced(table, table, begun="office_today()")
        yield from office.all(cls, f"({where}) AND {_BEGUN} AND NOT {is_replaced}", *values)

    def proof(
        self,
        office: AnyOffice,
        kind: str,
        words: str,
    ) -> Proof:
        """Return it as a proof for inspectors; `words` name it.

        A document that a person has suspended, or that nobody has verified, says so.
        """
        proof: Proof = named(_AS_PROOF)(office, self, kind, words)
        return proof

    def rules(self, office: AnyOffice) -> ExpiryRules:
        """Return how the document ends: by its type, else by the kind's `terms`.

        It is not for kinds to override: filters ask the type and the terms too.
        """
        # The same SQL as in filters, so that code and lists never disagree.
        text = office.value(
            f"SELECT {rules_in_sql(type(self))} FROM {self.meta.table} t WHERE t.id = ?", self.id
        )
        return read(text) if text else self.terms

    def status_now(self, office: AnyOffice) -> DocumentStatus:
        """Return its status today."""
        return self.status_on(office, office.today)

    def status_on(
        self,
        office: AnyOffice,
        day: date,
        rules: ExpiryRules | None = None,
    ) -> DocumentStatus:
        """Return the status that its dates of today give on a day; renewals are not asked.

        `rules` are those of another document of its type: code that looks at many reads them once.
        """
        return status_of(self.dates, rules or self.rules(office), day)

    @property
    def dates(self) -> Dates:
        """The part of it that its status follows from."""
        return Dates(
            self.expires_on,
            self.notice_on,
            self.verified_on,
            self.renewal_filed_on,
            self.not_required_because,
            self.held_because,
            self.issued_on,
        )

    def owner_of(self, office: AnyOffice) -> str:  # noqa: ARG002 - for kinds to override
        """Return who sees to its renewal: a login, a role, or a person's name."""
        return str(getattr(self, "owner", "") or "manager")

    def others_of(self, office: AnyOffice) -> tuple[str, ...]:
        """Return who else sees its lines in Today: the managers, unless they see to it."""
        # A person who left, or is ill, must not be the only one who knows.
        return () if self.owner_of(office) == "manager" else ("manager",)

    def check(self, office: AnyOffice) -> Iterable[Problem]:  # noqa: ARG002
        """Refuse a last day before the first, and a day of notice after the last."""
        if self.issued_on and self.expires_on and self.expires_on < self.issued_on:
            yield Problem("expires before it was issued", "expires_on", code="wrong-order")
        if self.notice_on and self.expires_on and self.notice_on > self.expires_on:
            yield Problem("is after its last good day", "notice_on", code="wrong-order")

    def filled(self, office: AnyOffice) -> Mapping[str, object]:
        """Take back what somebody verified, once the document says something else."""
        values: Mapping[str, object] = named(f"{_UNVERIFIED}:taken_back")(office, self)
        return values

    def edited(self, office: AnyOffice, before: Mapping[str, Any]) -> Iterable[str]:
        """Say that the document has to be verified again."""
        if before.get("verified_on") and self.verified_on is None:
            yield f"{office.about(self)} is not verified any more; compare it with its source again."


def rules_in_sql(kind: type[ExpiringDocument]) -> str:
    """Write the SQL for the text of the rules of row `t`."""
    terms = f"'{written(kind.terms)}'"
    if not kind.typed_by:
        return terms
    return f"ifnull((SELECT {OF_TYPE} FROM {type_table(kind)} y WHERE y.id = t.{kind.typed_by}), {terms})"


def type_table(kind: type[ExpiringDocument]) -> str:
    """Name the table of the types of a kind's documents."""
    declared = vars(kind).get(kind.typed_by)
    if declared is None and hasattr(kind, "meta"):
        declared = kind.meta.by_name[kind.typed_by]
    if not isinstance(declared, Field) or not declared.target:
        raise TypeError(f"{kind.__name__}: typed_by={kind.typed_by!r} is no reference of it")
    return table_of(declared.target)


def replaced(
    table: str,
    row: str = "t",
    *,
    begun: str,
) -> str:
    """Write the SQL condition that a live renewal `n` replaces a row, and that it has begun."""
    return (
        f"EXISTS (SELECT 1 FROM {table} n WHERE n.replaces_id = {row}.id AND n.archived_at IS NULL "
        f"AND (n.issued_on IS NULL OR n.issued_on <= {begun}))"
    )


def _worked_out(kind: type[ExpiringDocument], table: str) -> Iterable[Field]:
    """Yield the fields that are worked out of every document."""
    rules = rules_in_sql(kind)
    yield computed(
        "status", asked_in_sql("status", rules), kind="choice", choices=STATUSES, list_rank=3
    )
    yield computed(
        "lead",
        asked_in_sql("lead", rules),
        kind="number",
        unit="days",
        hidden=True,
        list_rank=9,
        help="The reminder that has begun, of one that is due",
    )
    yield computed(
        "current",
        f"(NOT {replaced(table, begun='office_today()')})",
        kind="yes_no",
        hidden=True,
        list_rank=9,
        help="Whether no renewal has taken its place",
    )
    # A document that renews nothing counts from its entry, whatever its first day is.
    yield computed(
        "has_begun",
        f"({_BEGUN})",
        kind="yes_no",
        hidden=True,
        list_rank=9,
        help="Whether its first day has come, of a renewal",
    )
