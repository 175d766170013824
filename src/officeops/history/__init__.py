"""The recorded history: reading it, verifying it, accepting findings, undo and redo."""
