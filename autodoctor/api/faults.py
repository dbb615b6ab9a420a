"""What is wrong with a field, in the reader's language: what pydantic finds, it says in English only."""

from __future__ import annotations

from typing import Any

from autodoctor.words import N_, Language, _, spoken

WORDS = {
    "string_type": N_("This must be a text."),
    "string_unicode": N_("This must be a text."),
    "string_too_short": N_("Use at least {min_length} characters."),
    "string_too_long": N_("Use at most {max_length} characters."),
    "string_pattern_mismatch": N_("This isn't written as it must be."),
    "int_type": N_("This must be a whole number."),
    "int_parsing": N_("This must be a whole number."),
    "int_parsing_size": N_("This number is too large."),
    "int_from_float": N_("This must be a whole number."),
    "float_type": N_("This must be a number."),
    "float_parsing": N_("This must be a number."),
    "finite_number": N_("This must be a number."),
    "greater_than": N_("This must be more than {gt}."),
    "greater_than_equal": N_("This must be at least {ge}."),
    "less_than": N_("This must be less than {lt}."),
    "less_than_equal": N_("This must be at most {le}."),
    "bool_type": N_("This must be true or false."),
    "bool_parsing": N_("This must be true or false."),
    "enum": N_("This must be one of {values}."),
    "literal_error": N_("This must be one of {values}."),
    "uuid_type": N_("This isn't an id."),
    "uuid_parsing": N_("This isn't an id."),
    "date_type": N_("This must be a day, like 2026-03-02."),
    "date_parsing": N_("This must be a day, like 2026-03-02."),
    "date_from_datetime_parsing": N_("This must be a day, like 2026-03-02."),
    "date_from_datetime_inexact": N_("This must be a day, like 2026-03-02."),
    "time_type": N_("Write a time as 09:00."),
    "time_parsing": N_("Write a time as 09:00."),
    "datetime_type": N_("This must be a day and a time, like 2026-03-02T09:00:00Z."),
    "datetime_parsing": N_("This must be a day and a time, like 2026-03-02T09:00:00Z."),
    "datetime_object_invalid": N_("This must be a day and a time, like 2026-03-02T09:00:00Z."),
    "datetime_from_date_parsing": N_("This must be a day and a time, like 2026-03-02T09:00:00Z."),
    "list_type": N_("This must be a list."),
    "too_short": N_("List at least {min_length}."),
    "too_long": N_("List at most {max_length}."),
    "dict_type": N_("This must be an object."),
    "model_type": N_("This must be an object."),
    "model_attributes_type": N_("This must be an object."),
    "extra_forbidden": N_("There is no such field."),
}
"""By pydantic's kind of error, https://docs.pydantic.dev/latest/errors/validation_errors. What isn't here is told in pydantic's words."""


def words_of(error: dict[str, Any]) -> str:
    """An error of pydantic in words. In English they are its own, which name more; ours, said by a validator, are in the reader's language
    already."""
    kind = error["type"]
    if kind == "missing":
        return _("This is required.")
    if kind not in WORDS or spoken() is Language.en:
        return error["msg"].removeprefix("Value error, ")
    values = error.get("ctx", {})
    return _(WORDS[kind], **values, values=str(values.get("expected", "")).replace(" or ", ", "))
