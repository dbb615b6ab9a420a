"""What an account's fields must look like, and what of them others see."""

from __future__ import annotations

from autodoctor.accounts.guessable import is_guessable

MIN_PASSWORD_CHARACTERS = 8
MAX_PASSWORD_BYTES = 72


def password_problem(password: str) -> str | None:
    """What is wrong with a new password, or None. bcrypt reads 72 bytes: a longer one is refused, never cut (R5)."""
    if len(password) < MIN_PASSWORD_CHARACTERS:
        return f"Use at least {MIN_PASSWORD_CHARACTERS} characters."
    if len(password.encode()) > MAX_PASSWORD_BYTES:
        return f"Use at most {MAX_PASSWORD_BYTES} bytes: letters with accents and emoji count more than one."
    if is_guessable(password):
        return "This is one of the passwords that many people use, and that are guessed first. Please choose another one."
    return None


def first_name(full_name: str | None, *, otherwise: str = "Customer") -> str:
    """What a mechanic sees of a customer's name before accepting (L5), or `otherwise` where there is none."""
    parts = (full_name or "").split()
    return parts[0] if parts else otherwise
