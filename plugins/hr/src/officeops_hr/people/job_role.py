"""Job roles: what people work as, such as RN or front desk; each office edits its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Record, choice, field
from officeops_hr.other_names import called

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office


class JobRole(
    Record,
    key="hr.job-role",
    display="name",
    sort="sort_order,name",
    also=("job", "occupation", "profession"),
):
    """What somebody works as, such as RN or front desk."""

    # Short, as schedules and lists have little room for it.
    code: str = field(
        unique=True, search=True, list_rank=1, example="RN", help="As the staff schedule shows it"
    )
    name: str = field(unique=True, search=True, list_rank=1, example="Registered nurse")
    # Each payroll program has titles of its own.
    other_names: str | None = field(
        default=None,
        hidden=True,
        example="Receptionist, PSR",
        help="With commas between; lists that you import may have them",
    )
    kind: str = choice(
        "provider",
        "clinical",
        "front_office",
        "administration",
        "other",
        default="clinical",
        list_rank=2,
        help="Providers see patients on their own license",
    )
    sort_order: int = field(default=50, list_rank=8, help="Lists show lower numbers first")

    @classmethod
    def also_found(
        cls,
        office: Office,
        text: str,
    ) -> Iterable[int]:
        """Find a role by another name: receptionist."""
        return called(office, cls, text)
