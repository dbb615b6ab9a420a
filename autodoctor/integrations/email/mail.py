"""A mail as every way out takes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OutgoingMail:
    """`key` is the same at every attempt to send this mail, so that a receiver can tell a repetition."""

    to: str
    subject: str
    text: str
    html: str
    key: str


class MailNotConfigured(Exception):
    """There is no way out for mail where there must be one."""
