"""Made-up practices: what a plugin's hook `demo` needs to give its part a past to believe in.

A part is made of data files beside the code (`demo_rows`) and of chance that follows from the seed
(`Demo.random`), so the same seed on the same day makes the same practice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.lazy_names import lazy_names

if TYPE_CHECKING:
    from officeops.core.plan_dates import Occurrence
    from officeops.demo.demo import PEOPLE, Demo
    from officeops.demo.rows import demo_rows
    from officeops.demo.told_plan import TaskEnd, ToldTask
    from officeops.demo.working_days import working_again, working_before

_HOME = {
    "Demo": "demo.demo",
    "PEOPLE": "demo.demo",
    "Occurrence": "core.plan_dates",
    "TaskEnd": "demo.told_plan",
    "ToldTask": "demo.told_plan",
    "demo_rows": "demo.rows",
    "working_again": "demo.working_days",
    "working_before": "demo.working_days",
}
__all__ = [
    "PEOPLE",
    "Demo",
    "Occurrence",
    "TaskEnd",
    "ToldTask",
    "demo_rows",
    "working_again",
    "working_before",
]

__getattr__ = lazy_names(__name__, _HOME)
