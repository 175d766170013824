"""Dataset: a big reference table that is replaced whole, such as a list of excluded people."""

from __future__ import annotations

from officeops.model.immutable import Value


class Dataset(Value):
    """A reference table of texts, which a file replaces whole.

    `key` begins with the plugin's name: `hr.leie`. `columns` are the names of its columns; a CSV
    file's header has them in any order and spelling of case. `read` is `module:function` for a file
    of another kind, called with a stream of bytes and the file's name; it yields a line's number
    and the values of a row in the order of `columns`. `index` are the columns that rows are looked
    up by. A list older than `stale_days` is due; 0 never is.

    Its rows have no history: the loads have (`core.dataset-load`).
    """

    key: str
    title: str
    columns: tuple[str, ...]
    index: tuple[str, ...] = ()
    read: str = ""
    stale_days: int = 0

    @property
    def table(self) -> str:
        """The table of its rows."""
        return f"dataset_{self.key.replace('.', '_').replace('-', '_')}"

    @property
    def word(self) -> str:
        """The key without its plugin, as people type it."""
        return self.key.partition(".")[2]
