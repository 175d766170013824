"""Entry sheets without a screen: their drafts, what is typed in them, and their booking."""
