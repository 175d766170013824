"""Any sequence of days, edits, pauses and nightly jobs leaves no date out, and none twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.care_tools import DAY, TODAY, caring, clock_of, edited, planned, tasks
from tests.effort import tried

from officeops.core.task_actions import write_tasks
from officeops.core.task_record import Task
from officeops.testing import OfficeFactory
from officeops.values.recurrence import Recurrence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops.office.office import Office

RULES = st.fixed_dictionaries(
    {
        "every": st.integers(1, 9),
        "unit": st.sampled_from(("day", "week", "month")),
        "closed_days": st.sampled_from(("keep", "next", "skip")),
        "slots": st.sampled_from((None, "am pm")),
    }
)
#: Days that pass, with a new rule, the nightly job, or neither on the last of them.
STEPS = st.lists(
    st.tuples(st.integers(0, 40), RULES | st.sampled_from(("job", "nothing", "close"))), max_size=7
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    home = tmp_path_factory.mktemp("care")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        clock_of(patch)(TODAY)
        factory = OfficeFactory(home)
        yield caring(factory)
        for opened in factory.opened:
            opened.close()


class Model:
    """The dates that a plan should have had, day by day, by the rule of each day."""

    def __init__(self, rule: dict[str, Any]) -> None:
        self.rule, self.today = rule, TODAY
        self.keys: set[str] = set()
        #: Closed before their day: they stay, whatever the rule is then.
        self.closed: set[str] = set()
        self.pass_days(0)

    @property
    def come(self) -> set[str]:
        """The keys of the tasks whose day has come."""
        return self.keys | {key for key in self.closed if key[:10] <= str(self.today)}

    def pass_days(self, days: int) -> None:
        for number in range(1, days + 1):
            self._add(self.today + number * DAY)
        if not self.keys:
            self._add(self.today)
        self.today += days * DAY

    def _add(self, day: date) -> None:
        rule = Recurrence(TODAY, self.rule["every"], self.rule["unit"])
        is_closed = self.rule["closed_days"] == "skip" and day.weekday() > 4
        if is_closed or all(day != one.nominal_on for one in rule.dates(day, day, None)):  # type: ignore[arg-type]
            return
        for slot in (self.rule["slots"] or "").split() or [""]:
            self.keys.add(f"{day}:{slot}" if slot else str(day))


@tried(60)
@given(rule=RULES, steps=STEPS)
def test_no_date_is_left_out_and_none_is_there_twice(
    office: Office, rule: dict[str, Any], steps: list[tuple[int, Any]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        freeze = clock_of(patch)
        freeze(TODAY)
        office.forget_facts()
        plan = planned(office, **rule)
        model = Model(rule)
        for days, step in steps:
            model.pass_days(days)
            freeze(model.today)
            office.forget_facts()
            _take(office, plan, model, step)
            prefix = f"care.plan:{plan.id}:"
            due = {noted.due.key for noted in office.due_items()}
            rows = tasks(office, plan)
            past = {task.occurrence for task in rows if (task.nominal_on or TODAY) <= model.today}
            seen = {key for key in due | past if key and key.startswith(prefix)}
            later = {key for key in seen if key[len(prefix) :][:10] > str(model.today)}
            assert {key.removeprefix(prefix) for key in seen - later} == model.come
            assert len({task.occurrence for task in rows}) == len(rows)


def _take(office: Office, plan: Any, model: Model, step: Any) -> None:  # noqa: ANN401 - of the plugin
    if step == "job":
        office.do(write_tasks)
    elif step == "close":
        with office.acting("test.close"):
            for task in list(office.all(Task, "plan_id = ? AND state = 'open'", plan.id))[:2]:
                office.skip(task, "no reason")
                model.closed.add(str(task.occurrence).removeprefix(f"care.plan:{plan.id}:"))
    elif step != "nothing":
        edited(office, plan, **step)
        model.rule = step
