"""Who looks at a page that is open to everybody: only to offer the right door, never to decide anything."""

from __future__ import annotations

import reflex as rx

from autodoctor.accounts.models import Role
from autodoctor.core.settings import get_settings
from autodoctor.ui import guard
from autodoctor.video import service as video

DASHBOARDS = {Role.customer: "/customer/dashboard", Role.mechanic: "/mechanic/dashboard", Role.admin: "/admin/overview"}


class VisitorState(rx.State):
    """`dashboard` is the path of the visitor's own, "" for somebody who isn't logged in. `mailbox` is the path where mails are
    read on a development machine, "" where they are really sent. `has_video`: whether this server has it, and `adds_tax`: whether
    sales tax comes on top of a price; both are said before anybody pays."""

    dashboard: str = ""
    has_video: bool = True
    adds_tax: bool = False
    mailbox: str = ""

    @rx.event
    async def look(self):
        """Whether this visitor has a door of their own already."""
        self.mailbox, self.has_video, self.adds_tax = mailbox(), video.is_offered(), get_settings().stripe_tax
        for role, path in DASHBOARDS.items():
            if await guard.caller_of(self, role) is not None:
                self.dashboard = path
                return
        self.dashboard = ""


def mailbox() -> str:
    """Where mails are read on this machine when nothing sends them."""
    settings = get_settings()
    is_sent = settings.is_production or settings.resend_api_key or settings.smtp_url
    return "" if is_sent else "/dev/outbox"
