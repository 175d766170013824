"""The commands that stand alone: `officeops today`, `history`, `backup` and the others."""
