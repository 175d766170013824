"""Quality control of waived tests: the menu, kits by lot, and the controls before they are used."""
