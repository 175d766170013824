"""No road says that a colleague has a credential or a key, or lacks one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.effort import sampled

from officeops_hr.credentials.access_grant import AccessGrant

if TYPE_CHECKING:
    from collections.abc import Callable

    from plugins.hr.tests.credentials.conftest import Wallet

    from officeops.testing import Ran

ROADS: Final = (
    "credential list --json",
    "credential list --where current=no --json",
    "credential list --sort number",
    "credential list --where number=zygomorph",
    "credential list status=expired",
    "credential show CR-2",
    "credential show CR-3 --json",
    "credential edit CR-2 --number 1",
    "credential renew CR-2",
    "credential history --json",
    "credential export -",
    "access-grant list --json",
    "access-grant show #2",
    "access-grant take-back #2",
    "search zygomorph",
    "today --json",
    "huddle --json",
    "history --json",
    "me",
    "person ready --on wed --json",
    "person show P-5",
    "person references P-5 --json",
    "undo",
)


def test_ben_learns_nothing_of_cyd(wallet: Wallet, cli: Callable[..., Ran]) -> None:
    wallet.add("ben", "BLS", "2026-03-31", number="771")
    # A third of the roads; a soak takes all.
    roads = sampled(ROADS, 2 * len(ROADS))

    def answers() -> list[tuple[int, str, str]]:
        rans = [cli(*words.split(), login="ben") for words in roads]
        return [(ran.code, ran.out, ran.err) for ran in rans]

    before = answers()
    old = wallet.add("cyd", "BLS", "2026-02-28", number="zygomorph")
    wallet.do(old, "suspend", reason="zygomorph")
    wallet.do(old, "renew", number="zygomorph")
    with wallet.office.acting("test"):
        wallet.office.add(AccessGrant(person_id=wallet.crew["cyd"].id, name="zygomorph"))
        wallet.office.add(AccessGrant(person_id=wallet.crew["eve"].id, name="zygomorph"))
    for road, one, other in zip(roads, before, answers(), strict=True):
        assert one == other, road
    # The road of a manager has it, so the words do find something.
    assert "zygomorph" in cli("credential", "list", login="mia").out
