"""Files that are not what they say, and people who want what isn't theirs (M5)."""

from __future__ import annotations

import io
import uuid

import httpx
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from autodoctor.core.settings import get_settings
from autodoctor.files.links import download_url
from autodoctor.sessions.rules import SessionStatus
from tests.conftest import Clock
from tests.files import samples
from tests.people import Person, a_customer, a_mechanic, a_session, upload

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
SCRIPT_IN_A_PICTURE = b"<script>alert(document.cookie)</script><?php system($_GET[0]); ?>"


async def put(api: httpx.AsyncClient, who: Person, content: bytes, name: str, kind: str) -> httpx.Response:
    body = {"fileName": name, "fileSize": len(content), "fileType": kind}
    signed = await api.post("/api/uploads/sign", json=body, headers=who.headers)
    return (
        signed if signed.status_code != 200 else await api.put(signed.json()["uploadUrl"], content=content, headers={"Content-Type": kind})
    )


@pytest.mark.parametrize(
    ("name", "kind", "content"),
    [
        ("invoice.jpg", "image/jpeg", samples.SCRIPT),
        ("invoice.jpg", "image/jpeg", b"MZ\x90\x00" + b"\0" * 500),
        ("drawing.svg", "image/svg+xml", SVG),
        ("drawing.png", "image/png", SVG),
        ("page.gif", "image/gif", b"GIF89a" + samples.HTML * 50),
        ("page.jpg", "image/jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + samples.HTML * 50),
        ("page.png", "image/png", b"\x89PNG\r\n\x1a\n" + samples.HTML * 50),
        ("page.html", "text/html", samples.HTML),
        ("page.html", "application/octet-stream", samples.HTML),
        ("app.js", "text/javascript", b"alert(1)"),
    ],
    ids=[
        "script as jpg",
        "program as jpg",
        "svg",
        "svg as png",
        "page behind a gif's head",
        "page behind a jpeg's head",
        "page behind a png's head",
        "page",
        "page without a type",
        "javascript",
    ],
)
async def test_what_is_no_photo_video_or_document_is_refused(
    database: str, api: httpx.AsyncClient, name: str, kind: str, content: bytes
) -> None:
    answer = await put(api, await a_customer(), content, name, kind)
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media")


@pytest.mark.parametrize("write_as", ["JPEG", "PNG", "WEBP", "GIF"])
async def test_a_script_inside_a_picture_does_not_come_out_again(database: str, api: httpx.AsyncClient, write_as: str) -> None:
    customer = await a_customer()
    text = PngInfo()
    text.add_text("Comment", SCRIPT_IN_A_PICTURE.decode())
    hidden = {"PNG": {"pnginfo": text}, "WEBP": {"xmp": SCRIPT_IN_A_PICTURE}}.get(write_as, {"comment": SCRIPT_IN_A_PICTURE})
    content = samples.picture(write_as, **hidden) + SCRIPT_IN_A_PICTURE
    assert content.count(SCRIPT_IN_A_PICTURE) == 2
    path = await upload(api, customer, content, name=f"a.{write_as.lower()}", kind=f"image/{write_as.lower()}")
    for is_thumbnail in (False, True):
        kept = await api.get(download_url(path, thumbnail=is_thumbnail))
        assert b"<script>" not in kept.content
        assert b"<?php" not in kept.content
        assert Image.open(io.BytesIO(kept.content)).size == (320, 240)


@pytest.mark.parametrize(
    ("content", "name", "kind", "shown"),
    [
        (samples.HTML, "page.txt", "text/plain", "attachment"),
        (samples.HTML, "page.csv", "text/csv", "attachment"),
        (samples.MP4 + samples.HTML, "film.mp4", "video/mp4", "attachment"),
        (samples.PDF + samples.HTML, "paper.pdf", "application/pdf", "inline"),
        (samples.picture(), "photo.jpg", "image/jpeg", "inline"),
    ],
)
async def test_what_is_kept_runs_nothing_in_our_name(
    database: str, api: httpx.AsyncClient, content: bytes, name: str, kind: str, shown: str
) -> None:
    path = await upload(api, await a_customer(), content, name=name, kind=kind)
    headers = (await api.get(download_url(path))).headers
    assert headers["content-type"].split(";")[0] == kind
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-disposition"].startswith(shown)
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "sandbox" in headers["content-security-policy"] or kind == "application/pdf"
    assert "allow-scripts" not in headers["content-security-policy"]


async def test_nobody_but_the_parties_finds_a_file(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    customer, mechanic = await a_customer(), await a_mechanic()
    session_id = await a_session(customer, mechanic, SessionStatus.live)
    path = await upload(api, mechanic, samples.picture(), sessionId=str(session_id))
    body = {"sessionId": str(session_id), "content": "", "attachments": [path]}
    await api.post("/api/chat/send-message", json=body, headers=mechanic.headers)
    doors = [
        f"/api/sessions/{session_id}/files",
        f"/api/chat/session-info?sessionId={session_id}",
        f"/api/sessions/{session_id}/transcript",
    ]
    for door in doors:
        assert path in (await api.get(door, headers=customer.headers)).text
        for headers, status in ((None, 401), ((await a_customer()).headers, 404), ((await a_mechanic()).headers, 404)):
            answer = await api.get(door, headers=headers)
            assert (answer.status_code, path in answer.text) == (status, False)


async def test_no_link_can_be_guessed_made_up_or_kept_for_later(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    customer = await a_customer()
    session_id = await a_session(customer, await a_mechanic())
    path = await upload(api, customer, samples.picture(), sessionId=str(session_id))
    link = download_url(path)
    token = link.rpartition("/")[2]
    assert (await api.get(link)).status_code == 200
    stored = (get_settings().app_data_dir / "uploads" / path).name
    guesses = [path, stored, str(uuid.uuid4()), token[:-2] + "xx", token.swapcase(), "..%2f" + path, f"{token}.thumb"]
    for guess in guesses:
        assert (await api.get(f"/api/files/{guess}")).status_code in {403, 404, 405}
    for static in (f"/uploads/{path}", f"/_upload/{path}", f"/{path}"):
        assert (await api.get(static)).status_code == 404
    fixed_clock.advance(minutes=10, seconds=1)
    assert (await api.get(link)).status_code == 403
