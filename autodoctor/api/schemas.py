"""What all request and answer schemas share: camelCase names, and text that a database can keep."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Annotated

from fastapi import Query
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict, WithJsonSchema
from pydantic.alias_generators import to_camel

from autodoctor.core.text import LONGEST_TEXT, is_storable
from autodoctor.words import _


class ApiModel(BaseModel):
    """Base of every body: snake_case in Python, camelCase on the wire."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, from_attributes=True)


class Success(ApiModel):
    success: bool = True


def _storable(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise ValueError(_("Use at most {n} characters.", n=LONGEST_TEXT))
    if not is_storable(text):
        raise ValueError(_("This contains characters that can't be stored."))
    return text


Text = Annotated[str, AfterValidator(_storable)]
"""Text from outside. A field may ask for less than LONGEST_TEXT characters by `max_length`, of which this type has none: of two
the type's would count."""


def _number(value: object) -> object:
    if isinstance(value, str | bool):
        raise ValueError(_("This must be a whole number."))
    return value


AS_NUMBER = BeforeValidator(_number)
Whole = Annotated[int, AS_NUMBER]
YesNo = Annotated[bool, Strict()]
"""A number and a yes or no of a body, as JSON has them: "5" is a text, and 1 no yes. Where a number may be missing its limits stand
before AS_NUMBER: behind it the document doesn't hear of them."""
TypedNumber = Annotated[int, Field(ge=-(2**53), le=2**53), AS_NUMBER]
"""A whole number that every reader of JSON keeps exactly; which of them make sense is the rules' to say, in words."""
MOST_SENT = 200
"""A longer list is refused before it is read; how much it may hold is the rules' to say, in words."""

Limit = Annotated[int, Query(ge=1, le=100, description="how many items at most")]
Cursor = Annotated[str | None, Query(max_length=200, description="`nextCursor` of the page before")]

Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 1, 1))]
SinceDay = Annotated[Day | None, Query(alias="from", description="the first day, in UTC; left out, from the beginning")]
UntilDay = Annotated[Day | None, Query(alias="to", description="the last day, in UTC; left out, until now")]

_ID_OR_EMPTY = {"anyOf": [{"type": "string", "format": "uuid"}, {"type": "string", "maxLength": 0}, {"type": "null"}]}
OptionalId = Annotated[
    uuid.UUID | None, BeforeValidator(lambda value: None if value == "" else value), WithJsonSchema(_ID_OR_EMPTY, mode="validation")
]
"""An id that may be missing; a form's empty hidden field is none."""
