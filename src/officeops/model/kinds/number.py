"""Whole numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from officeops.model.kinds.kind import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from officeops.model.errors import Reason
    from officeops.model.kinds.facts import Facts
    from officeops.model.kinds.kind import InFile
    from officeops.values.conventions import Conventions


class Whole(Kind):
    """Values that SQLite keeps as INTEGER: numbers, and amounts in a smallest unit."""

    annotation = "int"
    sql_type = "INTEGER"

    def limits(self, facts: Facts) -> tuple[int | None, int | None]:
        """Return the least and the greatest value of a field, as SQLite keeps it."""
        return facts.minimum, facts.maximum

    def fits(self, value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool)

    def beyond(self, value: Any, facts: Facts, ways: Conventions) -> Reason | None:
        from officeops.values.quantities import out_of_bounds

        def shown(limit: int) -> str:
            return self.show(limit, facts, ways)

        return out_of_bounds(value, *self.limits(facts), shown, facts.unit)

    def all_fit(self, column: Sequence[Any], facts: Facts) -> bool:
        numbers = [value for value in column if value is not None]
        if not numbers:
            return True
        if set(map(type, numbers)) != {int}:
            return False
        low, high = self.limits(facts)
        if low is not None and min(numbers) < low:
            return False
        return high is None or max(numbers) <= high

    def unfit_sql(self, column: str, facts: Facts) -> str:
        low, high = self.limits(facts)
        if low is None:
            return "" if high is None else f"{column} > {high}"
        return f"{column} < {low}" if high is None else f"{column} NOT BETWEEN {low} AND {high}"

    def brief(self, value: Any, facts: Facts, ways: Conventions) -> str:
        return self.show(value, facts, ways)


class Number(Whole):
    """A whole number with no unit of its own."""

    name = "number"
    hint = "a whole number"
    example = "3"
    comparison = "<10"
    align = "right"
    may_be_cut = False
    in_file: ClassVar[InFile] = "figure"
    may_be_formula = False
    noun = "a whole number"
    code = "not-a-number"
    takes = frozenset({"minimum", "maximum", "unit"})

    def reader(
        self,
        facts: Facts,
        ways: Conventions,
        *,
        order: str = "",
    ) -> Callable[[Any], Any]:
        from officeops.values.quantities import in_unit, within_limits

        def shown(limit: int) -> str:
            return self.show(limit, facts, ways)

        read = self.number_reader(facts, ways)
        if facts.unit:
            read = in_unit(read, facts.unit)
        return within_limits(read, *self.limits(facts), shown, facts.unit)

    def number_reader(
        self,
        facts: Facts,
        ways: Conventions,
    ) -> Callable[[Any], int | None]:
        """Return the function that reads a number, of any size."""
        from officeops.values.quantities import read_whole

        return read_whole
