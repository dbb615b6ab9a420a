"""What an account's fields must look like, and what of them others see."""

from __future__ import annotations

from autodoctor.accounts.guessable import is_guessable
from autodoctor.words import _

MIN_PASSWORD_CHARACTERS = 8
MAX_PASSWORD_BYTES = 72


def password_problem(password: str) -> str | None:
    """What is wrong with a new password, or None. bcrypt reads 72 bytes: a longer one is refused, never cut (R5)."""
    if len(password) < MIN_PASSWORD_CHARACTERS:
        return _("Use at least {n} characters.", n=MIN_PASSWORD_CHARACTERS)
    if len(password.encode()) > MAX_PASSWORD_BYTES:
        return _("Use at most {n} bytes: letters with accents and emoji count more than one.", n=MAX_PASSWORD_BYTES)
    if is_guessable(password):
        return _("This is one of the passwords that many people use, and that are guessed first. Please choose another one.")
    return None


def first_name(full_name: str | None, *, otherwise: str = "") -> str:
    """What a mechanic sees of a customer's name before accepting (L5), or `otherwise` (else "Customer") where there is none."""
    parts = (full_name or "").split()
    return parts[0] if parts else otherwise or _("Customer")
