"""Entry sheets without a screen: their drafts, the texts typed in them, and their booking."""
