"""What an account's fields must look like. Pure: each function answers with the cleaned value, or a sentence saying what is wrong."""

from __future__ import annotations

MIN_PASSWORD_CHARACTERS = 8
MAX_PASSWORD_BYTES = 72


def password_problem(password: str) -> str | None:
    """What is wrong with a new password, or None. bcrypt reads 72 bytes: a longer one is refused, never cut (R5)."""
    if len(password) < MIN_PASSWORD_CHARACTERS:
        return f"Use at least {MIN_PASSWORD_CHARACTERS} characters."
    if len(password.encode()) > MAX_PASSWORD_BYTES:
        return f"Use at most {MAX_PASSWORD_BYTES} bytes: letters with accents and emoji count more than one."
    return None
