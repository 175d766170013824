"""The base of every screen: its frame, its threads, and the actions on records."""
