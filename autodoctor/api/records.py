"""Answers that are a record as it is: its fields stand once, in the record."""

from __future__ import annotations

import dataclasses
from typing import Any, get_type_hints

from pydantic import Field, create_model

from autodoctor.api.schemas import ApiModel


def like(record: type[Any], **means: str) -> type[ApiModel]:
    """The base of an answer with all the fields of this dataclass; `means` describes some of them. Make one by `model_validate`."""
    hints = get_type_hints(record)
    names = [each.name for each in dataclasses.fields(record)]
    unknown = means.keys() - set(names)
    if unknown:
        raise TypeError(f"{record.__name__} has no {unknown}")
    fields: dict[str, Any] = {name: (hints[name], Field(description=means.get(name))) for name in names}
    return create_model(record.__name__, __base__=ApiModel, __module__=record.__module__, **fields)
