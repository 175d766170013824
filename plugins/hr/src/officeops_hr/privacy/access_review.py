"""Access review: who could get in on a day, confirmed by somebody, with the differences since the last."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the kind of a field
from typing import TYPE_CHECKING, Any, Final

from officeops import Record, Retention, action, field, param
from officeops.values import wording
from officeops_hr.privacy.access_now import access_now, differences

if TYPE_CHECKING:
    from officeops import Action, Office


class AccessReview(
    Record,
    key="hr.access-review",
    prefix="AR",
    display="reviewed_on",
    sort="-reviewed_on,-id",
    actions_only=True,
):
    """A review of logins, roles and access.

    45 CFR 164.308(a)(4)(ii)(C) asks for it.
    It keeps who had what on its day, and what had changed since the review before.
    """

    added_by = "officeops review-access"
    retention = Retention(years=6, after="reviewed_on", why="45 CFR 164.316(b)(2)(i)")

    reviewed_on: date = field(list_rank=1, label="Reviewed")
    confirmed_by: str = field(list_rank=1, label="Confirmed by")
    entries: int = field(minimum=0, list_rank=2, help="Logins and grants that were confirmed")
    differences: str | None = field(
        kind="long_text", default=None, hidden=True, label="Changed since the last review"
    )
    remark: str | None = field(default=None, list_rank=3)
    # Text, since people read it and a comparison of lines is all that is asked of it.
    access: str = field(kind="long_text", hidden=True, label="Access on that day")


def last_review(office: Office) -> AccessReview | None:
    """Return the latest review; None where there is none yet."""
    return office.first(AccessReview, order="reviewed_on DESC, id DESC")


@action("hr.review-access", beside=("hr.access-review",))
def review_access(
    office: Office,
    remark: str | None = param(default=None, help="What you will change"),
) -> AccessReview:
    """Confirm who has a login, role, key and account."""
    lines = access_now(office)
    # The first review has nothing to differ from.
    before = last_review(office)
    changed = differences(before.access.splitlines(), lines) if before else []
    return office.add(
        AccessReview(
            reviewed_on=office.today,
            confirmed_by=office.actor,
            entries=len(lines),
            differences="\n".join(changed) or None,
            remark=remark,
            access="\n".join(lines) or wording.count(0, "login"),
        )
    )


ACTIONS: Final[list[Action[..., Any]]] = [review_access]
