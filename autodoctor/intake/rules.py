"""What the fields of an intake must look like (section 5). Pure: each check answers with a sentence, or None when all is well."""

from __future__ import annotations

MIN_CONCERN, MAX_CONCERN = 3, 2000
MAX_DETAILS = 5000
MAX_NAME, MAX_CITY = 120, 120


def concern_problem(concern: str) -> str | None:
    """The concern is the one thing nobody can help without."""
    if not concern:
        return "Please tell us what is wrong."
    if len(concern) < MIN_CONCERN:
        return "Please say a little more about what is wrong."
    return length_problem(concern, MAX_CONCERN)


def contact_name_problem(name: str) -> str | None:
    return length_problem(name, MAX_NAME) if name else "Please tell us your name."


def length_problem(text: str, longest: int) -> str | None:
    return None if len(text) <= longest else f"Please use at most {longest} characters: it is {len(text)} now."
