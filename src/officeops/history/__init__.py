"""The recorded history: read it, verify it, undo and redo from it, and destroy what is past its retention."""
