"""WitnessScreen: the second person who signs for an action, on the same screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui.screens.sign_screen import HOW, SignScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.access.signature import Signature
    from officeops.model.sealed_value import Sealed
    from officeops.office.office import Office


class WitnessScreen(SignScreen):
    """Asks for the name and PIN of another person than the one who acts."""

    given_up = "Nobody witnessed it, so nothing was written."

    def __init__(
        self,
        office: Office,
        signed: Callable[[Signature], object],
        actor: Signature | None,
    ) -> None:
        super().__init__(office, signed)
        self._actor = actor

    def crumb(self) -> str:
        """Return the screen's name."""
        return "Who witnesses it?"

    def words(self) -> str:
        """Return the question, and why."""
        actor = self._actor.login if self._actor else self.office.actor
        return f"{actor} acts, and another person witnesses it. {HOW}"

    def prove(
        self,
        office: Office,
        name: str,
        pin: Sealed,
    ) -> Signature:
        """Compare the PIN of another person than the one who acts."""
        if self._actor:
            office.sign(self._actor)
        return office.prove_witness(name, pin)
