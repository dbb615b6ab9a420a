"""Mail through an SMTP server."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import localtime, parseaddr
from urllib.parse import unquote, urlsplit

import aiosmtplib

from autodoctor.core import clock
from autodoctor.integrations.email.mail import OutgoingMail

TIMEOUT_S = 10


@dataclass(frozen=True)
class SmtpServer:
    """`start_tls` None takes the encryption that the server offers, True insists on it."""

    host: str
    port: int
    username: str | None
    password: str | None
    use_tls: bool
    start_tls: bool | None


def parse_url(url: str) -> SmtpServer:
    """The server of `smtp://user:password@host:587`; `smtps://` is encrypted from the start, `smtp+starttls://` insists on STARTTLS."""
    parts = urlsplit(url)
    encrypted = parts.scheme == "smtps"
    return SmtpServer(
        host=parts.hostname or "localhost",
        port=parts.port or {"smtps": 465, "smtp+starttls": 587}.get(parts.scheme, 25),
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        use_tls=encrypted,
        start_tls={"smtps": False, "smtp+starttls": True}.get(parts.scheme),
    )


async def send(mail: OutgoingMail, *, url: str, sender: str) -> None:
    """Hand the mail to the server. Raises aiosmtplib's errors when it is not reachable or refuses."""
    server = parse_url(url)
    await aiosmtplib.send(
        compose(mail, sender),
        hostname=server.host,
        port=server.port,
        username=server.username,
        password=server.password,
        use_tls=server.use_tls,
        start_tls=server.start_tls,
        timeout=TIMEOUT_S,
    )


def compose(mail: OutgoingMail, sender: str) -> EmailMessage:
    """The message with its text and HTML. Its Message-ID follows from the key: mailboxes drop a repetition."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, mail.to, mail.subject
    message["Date"] = localtime(clock.now())
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    message["Message-ID"] = f"<{hashlib.sha256(mail.key.encode()).hexdigest()[:40]}@{domain}>"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message
