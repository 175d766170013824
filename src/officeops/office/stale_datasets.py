"""Datasets that are too old: due until somebody loads a newer file."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from officeops.core.dataset_load import DatasetLoad
from officeops.model.due import Due

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops.model.dataset import Dataset
    from officeops.model.office import Office
    from officeops.plugins.manager import Plugins

_LAST = "SELECT max(id) FROM core_dataset_load WHERE dataset = ?"


def last_load(office: Office, dataset: Dataset) -> DatasetLoad | None:
    """Return the last load of a dataset, if any. People who may see the dataset may see that."""
    with office.trusted():
        number = office.value(_LAST, dataset.key)
        return office.get(DatasetLoad, number) if number else None


def stale_from(office: Office, dataset: Dataset) -> date | None:
    """Return the day from which a dataset is too old; None for one that never is.

    One that was never loaded is missing from today on.
    """
    if not dataset.stale_days:
        return None
    last = last_load(office, dataset)
    return last.as_of + timedelta(days=dataset.stale_days) if last else office.today


def due_datasets(
    office: Office,
    plugins: Plugins,
    until: date,
) -> Iterator[tuple[str, Due]]:
    """Yield a due item for each dataset that is too old by a day, to who may see it."""
    for plugin, dataset in plugins.registered("datasets"):
        day = stale_from(office, dataset)
        if day is None or day > until or not office.may(f"{dataset.key}.view"):
            continue
        # The day is in the key: a list that was renewed is due again once the new one is old.
        last = last_load(office, dataset)
        age = f"is of {last.as_of}; load a new one" if last else "was never loaded"
        command = f"officeops dataset load {dataset.word} FILE"
        what = f"The list {dataset.title} {age}: `{command}`"
        yield plugin, Due(f"{dataset.key}:stale:{day}", day, what, "legal")
