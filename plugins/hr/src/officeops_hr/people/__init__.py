"""The people: who they are, their positions, pay and papers."""
