"""Uploads and downloads over HTTP: what is taken, what is refused, who gets what."""

from __future__ import annotations

import uuid
from pathlib import Path

import httpx
import pytest

from autodoctor.core.settings import get_settings
from autodoctor.files.links import download_url
from autodoctor.sessions.rules import SessionStatus
from tests.conftest import Clock
from tests.files import samples
from tests.people import Person, a_customer, a_mechanic, a_session, upload

MB = 1024 * 1024


async def sign(api: httpx.AsyncClient, who: Person, **changes: object) -> httpx.Response:
    body = {"fileName": "noise.jpg", "fileSize": 1000, "fileType": "image/jpeg", **changes}
    return await api.post("/api/uploads/sign", json=body, headers=who.headers)


async def sign_for(api: httpx.AsyncClient, who: Person, content: bytes, kind: str = "image/jpeg", **more: object) -> str:
    """The address to PUT this content to."""
    signed = await sign(api, who, fileSize=len(content), fileType=kind, **more)
    return signed.json()["uploadUrl"]


def left_over() -> list[Path]:
    """Every file that lies in the data directory's folders of uploads."""
    data = get_settings().app_data_dir
    return [path for folder in ("uploads", "incoming") for path in (data / folder).rglob("*") if path.is_file()]


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_an_upload_is_signed_sent_and_recorded_for_both_sides(database: str, api: httpx.AsyncClient) -> None:
    customer, mechanic = await a_customer(), await a_mechanic()
    session_id = await a_session(customer, mechanic)
    path = await upload(api, mechanic, samples.picture(), name="part.jpg", sessionId=str(session_id))
    files = f"/api/sessions/{session_id}/files"
    body = {"filePath": path, "fileName": "evil.exe", "fileSize": 1, "fileType": "x/y", "description": "the worn part"}
    recorded = await api.post(files, json=body, headers=mechanic.headers)
    again = await api.post(files, json=body, headers=mechanic.headers)
    assert (recorded.status_code, again.json()) == (201, recorded.json())
    (item,) = (await api.get(files, headers=customer.headers)).json()["items"]
    assert (item["fileName"], item["fileType"], item["description"]) == ("part.jpg", "image/jpeg", "the worn part")
    picture, thumbnail = await api.get(item["url"]), await api.get(item["thumbUrl"])
    assert (picture.status_code, picture.headers["content-type"], len(picture.content)) == (200, "image/jpeg", item["fileSize"])
    assert (thumbnail.status_code, thumbnail.headers["content-type"], thumbnail.content[8:12]) == (200, "image/webp", b"WEBP")


@pytest.mark.parametrize(
    ("kind", "size"), [("image/jpeg", 15 * MB), ("application/pdf", 15 * MB), ("video/mp4", 100 * MB), ("text/csv", 2 * MB)]
)
async def test_the_largest_file_is_signed_and_one_byte_more_is_not(database: str, api: httpx.AsyncClient, kind: str, size: int) -> None:
    customer = await a_customer()
    assert (await sign(api, customer, fileType=kind, fileSize=size)).status_code == 200
    answer = await sign(api, customer, fileType=kind, fileSize=size + 1)
    assert refusal(answer) == (413, "payload_too_large")
    assert "we take up to" in answer.json()["detail"]


async def test_an_empty_file_and_a_foreign_type_are_not_signed(database: str, api: httpx.AsyncClient) -> None:
    customer = await a_customer()
    assert refusal(await sign(api, customer, fileSize=0)) == (422, "validation")
    assert refusal(await sign(api, customer, fileType="text/html")) == (415, "unsupported_media")
    assert refusal(await sign(api, customer, fileType="image/svg+xml")) == (415, "unsupported_media")


async def test_more_bytes_than_announced_are_refused_and_nothing_is_kept(database: str, api: httpx.AsyncClient) -> None:
    customer, content = await a_customer(), samples.picture()
    address = await sign_for(api, customer, content)
    announced = await api.put(address, content=content + b"x")

    async def unannounced():
        yield content
        yield b"x" * MB

    streamed = await api.put(address, content=unannounced())
    assert "content-length" not in streamed.request.headers
    assert refusal(announced) == refusal(streamed) == (413, "payload_too_large")
    assert left_over() == []


async def test_a_refused_body_is_read_to_its_end_so_that_the_sender_hears_the_refusal(database: str, api: httpx.AsyncClient) -> None:
    sent: list[int] = []

    async def body():
        for number in range(5):
            sent.append(number)
            yield samples.picture()

    address = await sign_for(api, await a_customer(), samples.picture())
    assert refusal(await api.put(address, content=body())) == (413, "payload_too_large")
    assert refusal(await api.put("/api/uploads/put?token=guess", content=body())) == (403, "forbidden")
    assert sent == [0, 1, 2, 3, 4] * 2


async def test_fewer_bytes_than_announced_are_refused_and_the_upload_can_be_tried_again(database: str, api: httpx.AsyncClient) -> None:
    customer, content = await a_customer(), samples.picture()
    address = await sign_for(api, customer, content)
    assert refusal(await api.put(address, content=content[:-1])) == (400, "upload_incomplete")
    assert left_over() == []
    assert (await api.put(address, content=content)).status_code == 200


@pytest.mark.parametrize(
    ("name", "kind", "content"),
    [
        ("holiday.jpg", "image/jpeg", samples.SCRIPT),
        ("holiday.png", "image/png", samples.HTML),
        ("scan.pdf", "application/pdf", samples.picture()),
        ("noise.mp4", "video/mp4", samples.PDF),
    ],
    ids=["script as jpg", "page as png", "picture as pdf", "pdf as video"],
)
async def test_a_false_type_is_refused_and_removed(database: str, api: httpx.AsyncClient, name: str, kind: str, content: bytes) -> None:
    customer = await a_customer()
    address = await sign_for(api, customer, content, kind, fileName=name)
    assert refusal(await api.put(address, content=content, headers={"Content-Type": kind})) == (415, "unsupported_media")
    assert left_over() == []


async def test_the_same_put_twice_changes_nothing(database: str, api: httpx.AsyncClient) -> None:
    customer, first = await a_customer(), samples.picture(quality=40, comment=b"makes it longer than what is kept" * 100)
    signed = (await sign(api, customer, fileSize=len(first))).json()
    for content in (first, first, b"x" * len(first)):
        assert (await api.put(signed["uploadUrl"], content=content)).status_code == 200
    kept = await api.get(download_url(signed["filePath"]))
    assert (kept.headers["content-type"], kept.content[:2]) == ("image/jpeg", b"\xff\xd8")
    assert len(kept.content) != len(first)


async def test_an_expired_or_changed_upload_link_is_refused(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    customer, content = await a_customer(), samples.picture()
    address = await sign_for(api, customer, content)
    changed = await api.put(address[:-4] + "AAAA", content=content)
    guessed = await api.put("/api/uploads/put?token=guess", content=content)
    fixed_clock.advance(minutes=16)
    expired = await api.put(address, content=content)
    assert refusal(changed) == refusal(guessed) == refusal(expired) == (403, "forbidden")
    assert "expired" in expired.json()["detail"]


async def test_a_download_link_expires_and_cannot_be_guessed(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    path = await upload(api, await a_customer(), samples.picture())
    link = download_url(path)
    assert (await api.get(link)).status_code == 200
    assert refusal(await api.get(link[:-4] + "AAAA")) == (403, "forbidden")
    assert refusal(await api.get(f"/api/files/{path.rpartition('/')[2]}")) == (403, "forbidden")
    fixed_clock.advance(minutes=11)
    assert refusal(await api.get(link)) == (403, "forbidden")


async def test_an_upload_link_is_no_download_link(database: str, api: httpx.AsyncClient) -> None:
    address = await sign_for(api, await a_customer(), samples.picture())
    token = address.partition("token=")[2]
    assert refusal(await api.get(f"/api/files/{token}")) == (403, "forbidden")


async def test_a_link_stays_the_same_for_a_while(fixed_clock: Clock, settings_env: pytest.MonkeyPatch) -> None:
    first = download_url("a/b")
    fixed_clock.advance(seconds=200)
    assert download_url("a/b") == first
    fixed_clock.advance(seconds=200)
    assert download_url("a/b") != first


async def test_nothing_served_may_run_in_our_name(database: str, api: httpx.AsyncClient) -> None:
    customer = await a_customer()
    text = await upload(api, customer, b"<script>alert(1)</script>", name='pa"ge\r\n.html', kind="text/plain")
    answer = await api.get(download_url(text))
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''pa_ge.html.txt"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"].startswith("private")
    picture = await api.get(download_url(await upload(api, customer, samples.picture())))
    assert picture.headers["content-disposition"].startswith("inline;")


async def test_a_video_is_served_in_parts(database: str, api: httpx.AsyncClient) -> None:
    link = download_url(await upload(api, await a_customer(), samples.MP4, name="noise.mp4", kind="video/mp4"))
    part = await api.get(link, headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, samples.MP4[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(samples.MP4)}"
    assert (await api.get(link)).content == samples.MP4
    beyond = await api.get(link, headers={"Range": f"bytes={len(samples.MP4)}-"})
    assert refusal(beyond) == (416, "range_not_satisfiable")


async def test_somebody_elses_session_is_not_found(database: str, api: httpx.AsyncClient) -> None:
    customer, stranger = await a_customer(), await a_customer()
    session_id = await a_session(customer, await a_mechanic())
    path = await upload(api, customer, samples.picture(), sessionId=str(session_id))
    files = f"/api/sessions/{session_id}/files"
    assert refusal(await sign(api, stranger, sessionId=str(session_id))) == (404, "not_found")
    assert refusal(await api.get(files, headers=stranger.headers)) == (404, "not_found")
    assert refusal(await api.post(files, json={"filePath": path}, headers=stranger.headers)) == (404, "not_found")


async def test_only_ones_own_stored_upload_of_this_session_can_be_recorded(database: str, api: httpx.AsyncClient) -> None:
    customer, mechanic = await a_customer(), await a_mechanic()
    session_id = await a_session(customer, mechanic)
    files = f"/api/sessions/{session_id}/files"
    own = await upload(api, customer, samples.picture(), sessionId=str(session_id))
    loose = await upload(api, customer, samples.picture())
    unsent = (await sign(api, customer, sessionId=str(session_id))).json()["filePath"]
    for who, path in ((mechanic, own), (customer, loose), (customer, unsent), (customer, "sessions/../../etc/passwd")):
        assert refusal(await api.post(files, json={"filePath": path}, headers=who.headers)) == (404, "not_found")
    assert (await api.get(files, headers=customer.headers)).json()["items"] == []


async def test_a_session_that_is_over_takes_no_more_files_but_shows_those_it_has(database: str, api: httpx.AsyncClient) -> None:
    customer, mechanic = await a_customer(), await a_mechanic()
    session_id = await a_session(customer, mechanic, SessionStatus.completed)
    assert refusal(await sign(api, customer, sessionId=str(session_id))) == (409, "invalid_transition")
    assert (await api.get(f"/api/sessions/{session_id}/files", headers=mechanic.headers)).status_code == 200


async def test_signing_asks_for_a_login_and_a_verified_address(database: str, api: httpx.AsyncClient) -> None:
    body = {"fileName": "a.jpg", "fileSize": 10, "fileType": "image/jpeg"}
    assert refusal(await api.post("/api/uploads/sign", json=body)) == (401, "unauthenticated")
    assert refusal(await sign(api, await a_customer(is_verified=False))) == (403, "email_unverified")
    assert refusal(await sign(api, await a_mechanic())) == (403, "forbidden")


async def test_a_session_takes_50_files(database: str, api: httpx.AsyncClient) -> None:
    customer = await a_customer()
    target = {"sessionId": str(await a_session(customer))}
    for _ in range(50):
        assert (await sign(api, customer, **target)).status_code == 200
    assert refusal(await sign(api, customer, **target)) == (409, "too_many_files")


async def test_a_file_is_for_a_session_or_an_intake_not_both(database: str, api: httpx.AsyncClient) -> None:
    both = {"sessionId": str(uuid.uuid4()), "intakeId": str(uuid.uuid4())}
    assert refusal(await sign(api, await a_customer(), **both)) == (422, "validation")
