"""The locks of the gate and of its line: an flock, taken without waiting."""

from __future__ import annotations


def take(lock: int) -> bool:
    """Take a lock if it is free, and say whether it was."""
    import fcntl

    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def give(lock: int) -> None:
    """Let go of a lock."""
    import fcntl

    fcntl.flock(lock, fcntl.LOCK_UN)
