"""What trouble codes mean."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from autodoctor.api.errors import problems
from autodoctor.api.schemas import ApiModel
from autodoctor.vehicles import code_book

router = APIRouter(tags=["vehicles"])


class CodeOut(ApiModel):
    code: str = Field(examples=["P0420"])
    meaning: str
    about: str = Field(description="the part of the car, and who defined the code")
    causes: str = Field(description="the usual ones, empty where unknown")
    urgency: str = Field(description="`now`, `soon` or `later`; empty where unknown")


class CodeList(ApiModel):
    items: list[CodeOut]


@router.get("/api/trouble-codes", responses=problems(422))
async def explain_codes(
    codes: Annotated[str, Query(max_length=200, description="codes with commas between", examples=["P0420,P0171"])], response: Response
) -> CodeList:
    """What these codes mean, in their order; what isn't a code is left out, and at most twelve are answered. Asks for no login."""
    response.headers["Cache-Control"] = "public, max-age=3600"
    return CodeList(items=[CodeOut.model_validate(each) for each in code_book.explained(codes)])
