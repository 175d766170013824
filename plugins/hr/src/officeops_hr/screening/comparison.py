"""Comparison of everybody with the lists that were loaded, and the run that is kept of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from officeops import Refused, Value, named
from officeops.values.wording import count
from officeops_hr.screening.hits import keep_hits
from officeops_hr.screening.lists import LISTS, LoadedList
from officeops_hr.screening.matching.exclusions import compare
from officeops_hr.screening.matching.subject import subject_of
from officeops_hr.screening.not_compared import SEPARATOR
from officeops_hr.screening.screening_run import ScreeningResult, ScreeningRun

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops import Dataset, Office
    from officeops_hr.screened import Screened
    from officeops_hr.screening.matching.exclusions import Match

#: The parts are above this one, so that it asks them by name.
_EVERYBODY: Final = "officeops_hr.overview.screened:everybody"
_LOAD: Final = """
SELECT file, digest, row_count, as_of FROM core_dataset_load
WHERE dataset = ? ORDER BY id DESC LIMIT 1
"""


class Compared(Value):
    """Somebody, and the entries of a list with their name."""

    screened: Screened
    matches: tuple[Match, ...]

    @property
    def hits(self) -> list[Match]:
        """The entries that may be about them. In tier D the dates of birth differ."""
        return [match for match in self.matches if match.tier != "D"]


def compare_all(office: Office) -> str:
    """Compare everybody with all lists that were loaded, in an action; return the results.

    Raises Refused where no list was loaded: nobody is cleared by a list that is not there.
    """
    loads = {dataset: office.rows(_LOAD, dataset.key) for dataset in LISTS}
    loaded = {dataset: rows[0] for dataset, rows in loads.items() if rows}
    if not loaded:
        why = "no exclusion list is loaded; `officeops dataset load leie UPDATED.csv` loads one"
        raise Refused(why, "The exclusion check", code="not-found")
    everybody: list[Screened] = list(named(_EVERYBODY)(office))
    sentences = [_checked(office, dataset, load, everybody) for dataset, load in loaded.items()]
    return " ".join(sentences)


def _checked(
    office: Office,
    dataset: Dataset,
    load: tuple[Any, ...],
    everybody: list[Screened],
) -> str:
    """Compare everybody with one list, and return the result as a sentence."""
    listed = LoadedList(office, dataset)
    matches = compare(listed, [subject_of(screened) for screened in everybody])
    pairs = zip(everybody, matches, strict=True)
    compared = [Compared(screened=who, matches=tuple(theirs)) for who, theirs in pairs]
    asked = sum(len(one.hits) for one in compared)
    run = office.add(_run(office, dataset, load, len(everybody), asked))
    office.add_many(ScreeningResult, [_result(run, one) for one in compared])
    new = 0
    for one in compared:
        new += keep_hits(office, dataset, run, one.screened, one.matches)
    names = count(len(everybody), "name")
    if not asked:
        return f"{dataset.title} of {run.as_of}: {names} compared, all clear."
    return f"{dataset.title} of {run.as_of}: {names} compared, {count(asked, 'hit')}, {new} new."


def _run(
    office: Office,
    dataset: Dataset,
    load: tuple[Any, ...],
    subjects: int,
    hits: int,
) -> ScreeningRun:
    file, digest, row_count, as_of = load
    return ScreeningRun(
        list_key=dataset.key,
        file=file,
        digest=digest,
        row_count=row_count,
        as_of=date.fromisoformat(as_of),
        run_at=office.now(),
        subjects=subjects,
        hits=hits,
    )


def _result(run: ScreeningRun, compared: Compared) -> Mapping[str, object]:
    screened, hits = compared.screened, compared.hits
    return {
        "run_id": run.id,
        "about_key": screened.record,
        "about_id": screened.id,
        "name": screened.names[0],
        "names": SEPARATOR.join(screened.names),
        "best": hits[0].tier if hits else "clear",
        "others": len(compared.matches) - len(hits),
        "knows_birth": screened.born_on is not None,
    }
