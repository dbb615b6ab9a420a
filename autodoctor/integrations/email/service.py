"""Sending a mail by whichever way is configured: Resend, SMTP, or none in development."""

from __future__ import annotations

from autodoctor.core.settings import get_settings
from autodoctor.integrations.email import by_resend, by_smtp
from autodoctor.integrations.email.mail import MailNotConfigured, OutgoingMail


async def send(mail: OutgoingMail) -> None:
    """Send the mail, or raise: whoever calls tries again later.

    In development without a provider there is nothing to do: the outbox's own row is the mailbox. Production raises
    MailNotConfigured instead.
    """
    settings = get_settings()
    if settings.resend_api_key:
        await by_resend.send(mail, api_key=settings.resend_api_key, sender=settings.resend_from_email)
    elif settings.smtp_url:
        await by_smtp.send(mail, url=settings.smtp_url, sender=settings.resend_from_email)
    elif settings.is_production:
        raise MailNotConfigured("RESEND_API_KEY or SMTP_URL is missing: mail has no way out")
