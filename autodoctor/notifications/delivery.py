"""From the outbox to the world: how `jobs` delivers a mail."""

from __future__ import annotations

from autodoctor.core.outbox import OutboxEntry
from autodoctor.integrations.email import service as email
from autodoctor.integrations.email.mail import OutgoingMail


async def deliver(entry: OutboxEntry) -> None:
    """Send the mail of this entry. Raises what the provider says, so that the outbox tries again."""
    mail = entry.payload
    await email.send(OutgoingMail(to=mail["to"], subject=mail["subject"], text=mail["text"], html=mail["html"], key=entry.key))
