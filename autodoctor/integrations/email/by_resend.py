"""Mail through Resend's service."""

from __future__ import annotations

import asyncio

import resend
from resend import RequestsClient

from autodoctor.integrations.email.mail import OutgoingMail

TIMEOUT_S = 10


async def send(mail: OutgoingMail, *, api_key: str, sender: str) -> None:
    """Hand the mail to Resend, which sends one of several with the same key. Raises resend's errors."""
    await asyncio.to_thread(_send, mail, api_key, sender)


def _send(mail: OutgoingMail, api_key: str, sender: str) -> None:
    resend.api_key = api_key
    resend.default_http_client = RequestsClient(timeout=TIMEOUT_S)
    resend.Emails.send(
        {"from": sender, "to": [mail.to], "subject": mail.subject, "text": mail.text, "html": mail.html},
        {"idempotency_key": mail.key},
    )
