"""/api/contact: from a form to the mailbox of those who run the site."""

from __future__ import annotations

import json

import httpx
import pytest

from autodoctor.core.settings import get_settings
from tests.api.identity import code_of, mails_to

MESSAGE = {"name": "Robin Sample", "email": "Robin@Example.com", "message": "Hello.\r\n\r\n\r\n\r\nMy car <b>knocks</b>."}


async def test_a_message_reaches_us_and_can_be_answered(database: str, api: httpx.AsyncClient) -> None:
    answer = await api.post("/api/contact", json=MESSAGE)
    assert (answer.status_code, answer.json()["success"]) == (200, True)
    (mail,) = await mails_to(get_settings().contact_email)
    assert mail.subject == "Message from Robin Sample"
    assert "Hello.\n\nMy car <b>knocks</b>." in mail.text
    assert "<b>knocks" not in mail.html
    assert mail.links == ("mailto:robin@example.com",)
    await api.post("/api/contact", json=MESSAGE)
    assert len(await mails_to(get_settings().contact_email)) == 2


async def test_a_name_adds_no_line_to_the_head_of_the_mail(database: str, api: httpx.AsyncClient) -> None:
    await api.post("/api/contact", json={**MESSAGE, "name": "Robin\r\nBcc: everybody@example.com"})
    (mail,) = await mails_to(get_settings().contact_email)
    assert mail.subject == "Message from Robin Bcc: everybody@example.com"


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"name": " ", "email": "nowhere", "message": "\n"}, {"name", "email", "message"}),
        ({"name": ""}, {"name"}),
        ({"message": "x" * 5001}, {"message"}),
        ({"message": "a\x00b"}, {"message"}),
        ({"message": "\ud800"}, {"message"}),
        ({"email": None}, {"email"}),
    ],
)
async def test_what_is_wrong_is_named_and_nothing_is_sent(
    database: str, api: httpx.AsyncClient, wrong: dict[str, str | None], fields: set[str]
) -> None:
    body = json.dumps({**MESSAGE, **wrong})  # with escapes, so that half a character can be sent
    answer = await api.post("/api/contact", content=body, headers={"Content-Type": "application/json"})
    assert code_of(answer) == (422, "validation")
    assert {each["field"] for each in answer.json()["errors"]} == fields
    assert await mails_to(get_settings().contact_email) == []
