"""Rows of data files: the names, items and stories of a made-up practice."""

from __future__ import annotations

import csv
from importlib.resources import files


def demo_rows(package: str, name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file beside the code of a package, by the names of its first line.

    Give the package as text: `demo_rows("officeops_keys", "demo/rings.csv")`. A cell is the text as
    it was written, blank for an empty one.
    """
    text = files(package).joinpath(*name.split("/")).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
