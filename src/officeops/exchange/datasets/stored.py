"""Datasets as the office has them: found by a word, and their rows looked up."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from officeops.exchange.datasets.loading import has_table
from officeops.model.errors import NotFound, UsageProblem

if TYPE_CHECKING:
    from officeops.model.dataset import Dataset
    from officeops.office.office import Office


def datasets(office: Office) -> list[Dataset]:
    """List the datasets of the plugins that are on."""
    return [dataset for _, dataset in office.plugins.registered("datasets")]


def dataset_called(office: Office, word: str) -> Dataset:
    """Return the dataset of a key, or of its end. Raises NotFound, which names those there are."""
    known = datasets(office)
    found = [dataset for dataset in known if word in (dataset.key, dataset.word)]
    if len(found) == 1:
        return found[0]
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
) -> list[tuple[Any, ...]]:
    """Return the rows that a filter finds: `lastname=smith`, `busname~clinic`, all that are given.

    Case makes no difference. Raises Forbidden, NotFound before the first load, and UsageProblem for
    a filter that cannot be read.
    """
    office.allow(f"{dataset.key}.view")
    if not has_table(office, dataset):
        raise NotFound(
            f"{dataset.title} was never loaded. `officeops dataset load {dataset.word} FILE` does it.",
            code="not-found",
        )
    conditions, values = _conditions(dataset, where)
    columns = ", ".join(f'"{name}"' for name in dataset.columns)
    # In the order of the file, as people know the list.
    sql = f"SELECT {columns} FROM {dataset.table}{conditions} ORDER BY rowid"
    if limit is not None:
        sql, values = f"{sql} LIMIT ?", [*values, limit]
    with office.lifted():
        return office.rows(sql, *values)


def _conditions(dataset: Dataset, where: str) -> tuple[str, list[object]]:
    parts: list[str] = []
    values: list[object] = []
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
        if mark == "=":
            # As the index has it: a lookup among millions of rows reads a few.
            parts.append(f'lower("{name}") = lower(?)')
            values.append(text)
        else:
            parts.append(f'instr(lower("{name}"), lower(?)) > 0')
            values.append(text)
    return (f" WHERE {' AND '.join(parts)}" if parts else ""), values
