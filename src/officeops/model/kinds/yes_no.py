"""Yes and no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.kinds.number import Whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from officeops.model.errors import Reason
    from officeops.model.kinds.facts import Facts
    from officeops.values.conventions import Conventions


class YesNo(Whole):
    """Yes or no, kept as 1 or 0."""

    name = "yes_no"
    annotation = "bool"
    from_sql = bool
    editor = "choice"
    hint = "yes or no; space changes it"
    example = "yes"
    comparison = "=yes"
    may_be_cut = False
    may_be_formula = False
    stored_is_plain = False
    noun = "yes or no"

    def reader(
        self,
        facts: Facts,
        ways: Conventions,
        *,
        order: str = "",
    ) -> Callable[[Any], Any]:
        from officeops.values.quantities import read_yes_no

        return read_yes_no

    def show(self, value: Any, facts: Facts, ways: Conventions) -> str:
        return "yes" if value else "no"

    def typed(self, value: Any, facts: Facts, ways: Conventions) -> str:
        return self.show(value, facts, ways)

    def plain(
        self,
        value: Any,
        facts: Facts,
        ways: Conventions,
    ) -> str | int | bool | None:
        return bool(value)

    def words(self, facts: Facts) -> Sequence[str]:
        return ("yes", "no")

    def fits(self, value: object) -> bool:
        return isinstance(value, int) and value in {0, 1}

    def beyond(self, value: Any, facts: Facts, ways: Conventions) -> Reason | None:
        return None

    def unfit_sql(self, column: str, facts: Facts) -> str:
        return f"{column} NOT IN (0, 1)"

    def opened(self, stored: Any) -> Any:
        # Every number is true to Python, and only 1 is to SQLite's filters.
        return stored

    def all_fit(self, column: Sequence[Any], facts: Facts) -> bool:
        return {value for value in set(column) if value is not None} <= {0, 1}
