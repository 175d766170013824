"""Dataset: a big reference table that is replaced whole, such as a list of excluded people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.model.declarations import named
from officeops.model.immutable import Value

if TYPE_CHECKING:
    from officeops.model.office import Office

_LOOK_UP: Final = "officeops.exchange.datasets.stored:look_up"
_FIND: Final = "officeops.exchange.datasets.stored:find"


class Dataset(Value):
    """A reference table of texts, which a file replaces whole.

    `key` begins with the plugin's name: `hr.leie`. `columns` are the names of its columns; a CSV
    file's header has them in any order and spelling of case. `read` is `module:function` for a file
    of another kind, called with a stream of bytes and the file's name; it yields a line's number
    and the values of a row in the order of `columns`. `index` are the columns that rows are looked
    up by. A list older than `stale_days` is due; 0 never is. `search` are the columns whose words are
    indexed for `find` and `officeops dataset show --search`: a load then takes longer.

    Its rows have no history: the loads have (`core.dataset-load`).
    """

    key: str
    title: str
    columns: tuple[str, ...]
    index: tuple[str, ...] = ()
    read: str = ""
    stale_days: int = 0
    search: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        """The table of its rows."""
        return f"dataset_{self.key.replace('.', '_').replace('-', '_')}"

    @property
    def search_table(self) -> str:
        """The index of its words, where it searches columns."""
        # With two underscores it is the name of no other dataset's rows.
        return f"{self.table}__search"

    @property
    def word(self) -> str:
        """The key without its plugin, as people type it."""
        return self.key.partition(".")[2]

    def look_up(self, office: Office, **texts: str) -> list[dict[str, Any]]:
        """Return the rows with these texts in these columns: `LEIE.look_up(office, npi="12")`.

        Case makes no difference. Each row is a dict by the names of columns. Raises Forbidden
        without the permission `KEY.view`, and NotFound where no file was ever loaded: nobody is
        cleared by a list that is not there.
        """
        rows: list[dict[str, Any]] = named(_LOOK_UP)(office, self, texts)
        return rows

    def find(
        self,
        office: Office,
        text: str,
        limit: int | None = None,
    ) -> list[dict[str, Any]]:
        """Return the rows with all words of a text in `search` columns: `LEIE.find(office, "smi ann")`.

        A word finds those that begin with it; case and accents make no difference. Rows and errors
        are those of `look_up`; UsageProblem for a text without a word, and for a dataset without
        `search`.
        """
        rows: list[dict[str, Any]] = named(_FIND)(office, self, text, limit)
        return rows
