"""The ways out for mail, against servers that speak SMTP and Resend's protocol."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
import resend
import sqlalchemy as sa
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from autodoctor.core.db import unit_of_work
from autodoctor.core.outbox import OutboxEntry
from autodoctor.core.settings import get_settings
from autodoctor.integrations.email import service
from autodoctor.integrations.email.by_smtp import SmtpServer, parse_url
from autodoctor.integrations.email.mail import MailNotConfigured, OutgoingMail
from autodoctor.notifications import delivery
from autodoctor.notifications.service import send_mail

MAIL = OutgoingMail(to="ana@example.com", subject="Grüße", text="Hello Ana", html="<p>Hello Ana</p>", key="verify:1")


class Mailbox:
    """What an SMTP server received, and from whom it takes mail."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.logins: list[tuple[str, str]] = []
        self.answer = "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.answer.startswith("250"):
            self.messages.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return self.answer

    def login(self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: LoginPassword) -> AuthResult:
        self.logins.append((given.login.decode(), given.password.decode()))
        return AuthResult(success=True)


@pytest.fixture
async def mailbox(settings_env: pytest.MonkeyPatch) -> AsyncIterator[Mailbox]:
    box = Mailbox()
    protocol = partial(SMTP, box, authenticator=box.login, auth_require_tls=False)
    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    settings_env.setenv("SMTP_URL", f"smtp://us%40er:pass%3Aword@127.0.0.1:{port}")
    get_settings.cache_clear()
    yield box
    server.close()


async def test_smtp_carries_text_and_html_after_logging_in(mailbox: Mailbox) -> None:
    await service.send(MAIL)
    (message,) = mailbox.messages
    assert (message["To"], message["Subject"]) == ("ana@example.com", "Grüße")
    assert message.get_body(("plain",)).get_content().strip() == "Hello Ana"  # type: ignore[union-attr]
    assert message.get_body(("html",)).get_content().strip() == "<p>Hello Ana</p>"  # type: ignore[union-attr]
    assert mailbox.logins == [("us@er", "pass:word")]


async def test_a_repeated_mail_has_the_same_message_id_and_another_mail_has_not(mailbox: Mailbox) -> None:
    for key in ("verify:1", "verify:1", "verify:2"):
        await service.send(OutgoingMail(to=MAIL.to, subject=MAIL.subject, text=MAIL.text, html=MAIL.html, key=key))
    first, again, other = (message["Message-ID"] for message in mailbox.messages)
    assert first == again != other
    assert first.endswith("@autodoctor.test>")


async def test_a_refusing_mail_server_makes_the_delivery_fail(mailbox: Mailbox) -> None:
    mailbox.answer = "451 try later"
    with pytest.raises(Exception, match="try later"):
        await service.send(MAIL)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.com", SmtpServer("mail.example.com", 25, None, None, use_tls=False, start_tls=None)),
        ("smtps://a:b@mail.example.com", SmtpServer("mail.example.com", 465, "a", "b", use_tls=True, start_tls=False)),
        ("smtp+starttls://mail.example.com", SmtpServer("mail.example.com", 587, None, None, use_tls=False, start_tls=True)),
    ],
)
def test_the_address_of_a_mail_server_says_how_it_is_encrypted(url: str, server: SmtpServer) -> None:
    assert parse_url(url) == server


class Resend(HTTPServer):
    """Answers as Resend does and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _ResendHandler)
        self.calls: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.status = 200


class _ResendHandler(BaseHTTPRequestHandler):
    server: Resend

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.calls.append((self.path, dict(self.headers), body))
        answer = {"id": "1"} if self.server.status == 200 else {"statusCode": self.server.status, "name": "error", "message": "not now"}
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def resend_server(settings_env: pytest.MonkeyPatch) -> Iterator[Resend]:
    server = Resend()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings_env.setattr(resend, "api_url", f"http://127.0.0.1:{server.server_port}")
    settings_env.setenv("RESEND_API_KEY", "re_test")
    get_settings.cache_clear()
    yield server
    server.shutdown()
    server.server_close()


async def test_resend_is_given_the_mail_with_its_key(resend_server: Resend) -> None:
    await service.send(MAIL)
    ((path, headers, body),) = resend_server.calls
    assert (path, headers["Authorization"], headers["Idempotency-Key"]) == ("/emails", "Bearer re_test", "verify:1")
    assert (body["to"], body["subject"], body["text"], body["html"]) == ([MAIL.to], MAIL.subject, MAIL.text, MAIL.html)


async def test_a_refusing_resend_makes_the_delivery_fail(resend_server: Resend) -> None:
    resend_server.status = 500
    with pytest.raises(Exception, match="not now"):
        await service.send(MAIL)


async def test_without_a_provider_development_has_nothing_to_send(settings_env: pytest.MonkeyPatch) -> None:
    await service.send(MAIL)


async def test_without_a_provider_production_refuses(settings_env: pytest.MonkeyPatch) -> None:
    settings_env.setattr(type(get_settings()), "is_production", True)
    with pytest.raises(MailNotConfigured):
        await service.send(MAIL)


async def test_a_mail_goes_from_the_outbox_to_the_provider_under_its_key(database: str, resend_server: Resend) -> None:
    async with unit_of_work() as db:
        await send_mail(db, template="verify_email", to="ana@example.com", key="verify:9", name="Ana", link="https://autodoctor.test/v")
        (entry,) = await db.scalars(sa.select(OutboxEntry))
    await delivery.deliver(entry)
    ((_, headers, body),) = resend_server.calls
    assert (headers["Idempotency-Key"], body["to"]) == ("verify:9", ["ana@example.com"])
