"""How a stored file appears in answers."""

from __future__ import annotations

from pydantic import Field

from autodoctor.api.schemas import ApiModel
from autodoctor.files.links import FileLink


class LinkedFile(ApiModel):
    file_path: str
    file_name: str
    file_size: int
    file_type: str
    url: str = Field(description="signed link, good for at least five minutes")
    thumb_url: str | None = Field(description="signed link to a small WebP, pictures only")

    @classmethod
    def of(cls, link: FileLink) -> LinkedFile:
        return cls(
            file_path=link.path,
            file_name=link.name,
            file_size=link.size,
            file_type=link.type,
            url=link.url,
            thumb_url=link.thumb_url,
        )
