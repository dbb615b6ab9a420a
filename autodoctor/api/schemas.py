"""What all request and answer schemas share: camelCase names, and text that a database can keep."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Annotated

from fastapi import Query
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel


class ApiModel(BaseModel):
    """Base of every body: snake_case in Python, camelCase on the wire."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, from_attributes=True)


class Success(ApiModel):
    success: bool = True


LONGEST_TEXT = 20_000


def _storable(text: str) -> str:
    """PostgreSQL keeps no NUL character, and half of a surrogate pair is no text."""
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"Use at most {LONGEST_TEXT} characters.")
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("This contains characters that can't be stored.")
    return text


Text = Annotated[str, AfterValidator(_storable)]
"""Text from outside. A field may ask for less than LONGEST_TEXT characters by `max_length`, of which this type has none: of two
the type's would count."""

Limit = Annotated[int, Query(ge=1, le=100, description="how many items at most")]
Cursor = Annotated[str | None, Query(max_length=200, description="`nextCursor` of the page before")]

Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 1, 1))]
SinceDay = Annotated[Day | None, Query(alias="from", description="the first day, in UTC; left out, from the beginning")]
UntilDay = Annotated[Day | None, Query(alias="to", description="the last day, in UTC; left out, until now")]

OptionalId = Annotated[uuid.UUID | None, BeforeValidator(lambda value: None if value == "" else value)]
"""An id that may be missing; a form's empty hidden field is none."""
