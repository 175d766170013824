"""Child: rows of another kind that are edited with the record they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.declarations import Part
from officeops.model.fields import Field, computed
from officeops.model.immutable import Value
from officeops.values.wording import plural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.model.stored_record import StoredRecord

_NO_WORDS: Mapping[str, str] = {}


class Child(Value):
    """Rows of a kind `record` that belong to the declaring record: the phones of a vendor.

    - `by`: the child's reference to its parent
    - `option`: what one is called on the command line and in files: `--phone`, `phone 2`
    - `form`: the fields that people fill, in the order of the form; blank: all that they may
    - `most`: how many a parent may have
    - `first`: the field of the first child that lists of parents show, as a field called `option`
    - `first_by`: the SQL order, over the child `c`, that says which one is the first
    - `words`: other heads of a file's columns, each with the column that it stands for:
      `{"fax": "phone:fax", "contact mail": "contact:email"}`
    - `former`: options of a field that the parent once had for it: `("account-number",)`
    - `example`: one as people type it, for the help: `work=555-0101`
    """

    record: str
    by: str
    option: str
    form: str = ""
    most: int = 100
    first: str = ""
    first_by: str = "c.id"
    words: Mapping[str, str] = _NO_WORDS
    former: tuple[str, ...] = ()
    example: str = ""

    def __hash__(self) -> int:
        return hash((self.record, self.by, self.option))

    @property
    def options(self) -> str:
        """What several are called: phones, emergency-contacts."""
        head, dash, last = self.option.rpartition("-")
        return f"{head}{dash}{plural(last)}"

    @property
    def label(self) -> str:
        """What one is called, with a capital."""
        return self.option.replace("-", " ").capitalize()

    def fields(self, kind: type[StoredRecord]) -> list[Field]:
        """List the fields that people fill, in the order of the form."""
        if self.form:
            return [field for name in self.form.split() if (field := kind.meta.field(name))]
        return [field for field in kind.meta.fields if not field.managed and field.name != self.by]

    def part(self) -> Part:
        """Return how children are shown within their parent."""
        columns = tuple(self.form.split())
        return Part(self.record, self.by, columns, word=self.options, is_quiet=True)

    def listed(self) -> Field | None:
        """Declare the field of the first child that lists show; None where they show none."""
        if not self.first:
            return None
        table = self.record.replace(".", "_").replace("-", "_")
        sql = (
            f"(SELECT c.{self.first} FROM {table} c WHERE c.{self.by} = t.id "
            f"AND c.archived_at IS NULL ORDER BY {self.first_by} LIMIT 1)"
        )
        name = self.option.replace("-", "_")
        facts: Any = {"kind": "text", "label": self.label, "list_rank": 4}
        field = computed(name, sql, **facts)
        field.first_child = self.record
        return field
