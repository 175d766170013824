"""Categories of equipment: what sort it is, and the test that a unit of it passes to return."""

from __future__ import annotations

from officeops import Record, choice, field, ref

#: The sorts that a practice keeps apart.
SORTS = ("clinical", "furniture", "appliance", "electrical", "it")


class Category(
    Record,
    key="maintenance.equipment-category",
    plural="Equipment categories",
    display="name",
    sort="name",
):
    """A category of equipment, such as autoclaves."""

    name: str = field(
        unique=True,
        search=True,
        list_rank=1,
        example="Autoclave",
        also=("category", "equipment category", "asset category"),
    )
    sort: str = choice(*SORTS, default="clinical", list_rank=2)
    release_checklist_id: int | None = ref(
        "core.checklist",
        default=None,
        list_rank=3,
        help="The test that a unit passes before it returns to service",
    )
    release_second_sign: bool = field(
        default=False, list_rank=4, help="A second person signs that test"
    )
    needs_certificate: bool = field(
        default=False, list_rank=5, help="A calibration passes only with its certificate"
    )
    note: str | None = field(kind="long_text", default=None, hidden=True)
