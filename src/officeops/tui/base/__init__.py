"""What every screen is and can do: its frame, its threads, and the actions on records."""
