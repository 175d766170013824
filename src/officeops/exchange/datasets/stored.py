"""Datasets as the office has them: found by a word, and their rows looked up."""

from __future__ import annotations

import shlex
import sqlite3
from typing import TYPE_CHECKING, Any

from officeops.exchange.datasets import word_index
from officeops.exchange.datasets.loading import has_table
from officeops.model.errors import NotFound, OfficeError, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from officeops.model.dataset import Dataset
    from officeops.office.office import Office

    #: A column, `=` or `~`, and the text that it has to be or to have.
    Condition = tuple[str, str, str]


def datasets(office: Office) -> list[Dataset]:
    """List the datasets of the plugins that are on."""
    return [dataset for _, dataset in office.plugins.registered("datasets")]


def dataset_called(office: Office, word: str) -> Dataset:
    """Return the dataset of a key, or of its end. Raises NotFound, which names those it may be."""
    known = datasets(office)
    found = [dataset for dataset in known if word in (dataset.key, dataset.word)]
    if len(found) == 1:
        return found[0]
    if found:
        keys = " or ".join(dataset.key for dataset in found)
        why = f"{word!r} is {keys}; name one by its key."
        raise NotFound(why, code="ambiguous", facts={"count": len(found)})
    names = ", ".join(dataset.key for dataset in known) or "none: no plugin has one"
    raise NotFound(
        f"There is no dataset {word!r}. The datasets are {names}.",
        code="not-found",
        facts={"kind": "dataset", "text": word},
    )


def rows_of(
    office: Office,
    dataset: Dataset,
    where: str = "",
    limit: int | None = None,
    search: str | None = None,
) -> list[tuple[Any, ...]]:
    """Return the rows that a filter finds: `lastname=smith`, `busname~clinic`, all that are given.

    `search` narrows them to those with its words, as `Dataset.find` does. Case makes no difference. Raises Forbidden, NotFound before the first load or, with `search`, before
    one that indexed the words, and UsageProblem for a filter or search that cannot be read.
    """
    return _selected(office, dataset, _wanted(dataset, where), limit, search)


def look_up(
    office: Office,
    dataset: Dataset,
    texts: Mapping[str, str],
) -> list[dict[str, Any]]:
    """Return the rows that have these texts in these columns, each by the names of columns.

    Raises as `rows_of` does; ValueError for a column that the dataset does not have.
    """
    if strange := texts.keys() - set(dataset.columns):
        raise ValueError(f"{dataset.key} has no column {', '.join(sorted(strange))}")
    wanted = [(column, "=", text) for column, text in texts.items()]
    return _named(dataset, _selected(office, dataset, wanted, None))


def find(
    office: Office,
    dataset: Dataset,
    text: str,
    limit: int | None = None,
) -> list[dict[str, Any]]:
    """Return the rows with all words of a text, each by the names of columns.

    Raises as `rows_of` does.
    """
    return _named(dataset, _selected(office, dataset, (), limit, text))


def _named(dataset: Dataset, rows: Iterable[tuple[Any, ...]]) -> list[dict[str, Any]]:
    return [dict(zip(dataset.columns, row, strict=True)) for row in rows]


def _selected(
    office: Office,
    dataset: Dataset,
    wanted: Iterable[Condition],
    limit: int | None,
    search: str | None = None,
) -> list[tuple[Any, ...]]:
    office.allow(f"{dataset.key}.view")
    conditions, values = _conditions(wanted)
    if search is not None:
        by_words, asked = word_index.condition(dataset, search)
        conditions, values = [*conditions, by_words], [*values, asked]
    filtered = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    # With the table's name: SQLite takes a quoted word that is no column for a text.
    columns = ", ".join(f'list."{name}"' for name in dataset.columns)
    # In the order of the file, as people know the list.
    sql = f"SELECT {columns} FROM {dataset.table} AS list{filtered} ORDER BY list.rowid"
    if limit is not None:
        sql, values = f"{sql} LIMIT ?", [*values, limit]
    try:
        with office.lifted():
            return office.rows(sql, *values)
    except (sqlite3.OperationalError, OfficeError):
        # Asked only now: people look up hundreds of names in a list that is there.
        is_loaded = has_table(office, dataset)
        if is_loaded and (search is None or word_index.is_built(office, dataset)):
            raise
    if is_loaded:
        raise NotFound(
            f"{dataset.title} was loaded before its words were indexed. "
            f"`officeops dataset load {dataset.word} FILE`, with the same file or a newer one, does it.",
            code="not-found",
        )
    raise NotFound(
        f"{dataset.title} was never loaded. `officeops dataset load {dataset.word} FILE` does it.",
        code="not-found",
    )


def _wanted(dataset: Dataset, where: str) -> Iterator[Condition]:
    """Read a filter into columns, marks and texts."""
    try:
        words = shlex.split(where)
    except ValueError as error:
        raise UsageProblem(f"--where cannot be read: {error}.", code="malformed") from None
    # Columns are checked by name, so no word of a person becomes SQL.
    for word in words:
        mark = "=" if "=" in word else "~"
        name, _, text = word.partition(mark)
        if name not in dataset.columns or mark not in word:
            raise UsageProblem(
                f"--where: {word!r} is no COLUMN=TEXT and no COLUMN~TEXT. The columns are "
                f"{', '.join(dataset.columns)}.",
                code="unknown-field",
            )
        yield name, mark, text


def _conditions(wanted: Iterable[Condition]) -> tuple[list[str], list[object]]:
    parts: list[str] = []
    values: list[object] = []
    for name, mark, text in wanted:
        column = f'lower(list."{name}")'
        spellings = _spellings(text)
        if mark == "=":
            # As the index has it: a lookup among millions of rows reads a few.
            asked = ", ".join("lower(?)" for _ in spellings)
            parts.append(f"{column} IN ({asked})")
        else:
            asked = " OR ".join(f"instr({column}, lower(?)) > 0" for _ in spellings)
            parts.append(f"({asked})")
        values += spellings
    return parts, values


def _spellings(text: str) -> list[str]:
    """Return a text as lists write names: SQLite's `lower` knows the letters of ASCII alone."""
    if text.isascii():
        return [text]
    return [*dict.fromkeys((text, text.lower(), text.upper(), text.title()))]
