"""Lists of other people, loaded as datasets: their words are found, and selfcheck finds them in order."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from tests.real_data.sets import DATA

from officeops.exchange.datasets.loading import load
from officeops.exchange.datasets.stored import dataset_called
from officeops.exchange.formats.source import from_path
from officeops.selfcheck.content import search_findings

if TYPE_CHECKING:
    from officeops.testing import OfficeFactory

PLUGIN = """
from officeops import Dataset, Plugin, hookimpl

PLUGIN = Plugin("lists", "Lists", api=2)


@hookimpl
def datasets():
    products = ("name", "category", "productcode")
    yield Dataset("lists.products", "Products", products, search=products)
    yield Dataset("lists.people", "People", ("firstname", "lastname"), search=("lastname",))
"""


@pytest.mark.parametrize(
    ("word", "file", "text"),
    [("products", "WHO_products.csv", "tablet"), ("people", "persons.csv", "smith")],
)
def test_selfcheck_finds_the_words_of_a_list_in_order(
    office_factory: OfficeFactory,
    word: str,
    file: str,
    text: str,
) -> None:
    office = office_factory(files={"lists": PLUGIN}, actor="ann")
    path = DATA / "openboxes-demo" / file
    source = from_path(path, path.name)
    dataset = dataset_called(office, word)
    loaded = load(office, dataset, source)
    source.close()
    with path.open(encoding="utf-8-sig", newline="") as stream:
        assert loaded.rows == sum(1 for _ in csv.DictReader(stream))
    assert dataset.find(office, text)
    for full in (False, True):
        [finding] = search_findings(office, full=full)
        assert finding.severity == "ok", finding.what
