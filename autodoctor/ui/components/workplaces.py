"""Where the pages of each audience are: what stands in its navigation, and where its palette leads besides."""

from __future__ import annotations

from typing import Literal

from autodoctor.words import _

Audience = Literal["public", "customer", "mechanic", "admin"]

HOME: dict[Audience, str] = {
    "public": "/",
    "customer": "/customer/dashboard",
    "mechanic": "/mechanic/dashboard",
    "admin": "/admin/overview",
}
NAV: dict[Audience, list[dict[str, str]]] = {
    "public": [{"label": _("Pricing"), "href": "/pricing"}],
    "customer": [
        {"label": _("Sessions"), "href": "/customer/dashboard"},
        {"label": _("Vehicles"), "href": "/customer/vehicles"},
        {"label": _("Profile"), "href": "/customer/profile"},
    ],
    "mechanic": [
        {"label": _("Requests"), "href": "/mechanic/dashboard"},
        {"label": _("Hours"), "href": "/mechanic/availability"},
        {"label": _("Profile"), "href": "/mechanic/profile"},
    ],
    "admin": [
        {"label": _("Overview"), "href": "/admin/overview"},
        {"label": _("Waiting"), "href": "/admin/unattended"},
        {"label": _("Intakes"), "href": "/admin/intakes"},
        {"label": _("Sessions"), "href": "/admin/sessions"},
        {"label": _("Mechanics"), "href": "/admin/mechanics"},
        {"label": _("Money"), "href": "/admin/money"},
        {"label": _("Cleanup"), "href": "/admin/cleanup"},
        {"label": _("Audit log"), "href": "/admin/audit"},
        {"label": _("Account"), "href": "/admin/account"},
    ],
}
_PARTS: dict[Audience, list[tuple[str, str, str]]] = {
    "mechanic": [
        (_("History"), "/mechanic/dashboard?tab=history", _("Sessions that you completed")),
        (_("Earnings"), "/mechanic/dashboard?tab=earnings", _("What you earned, and your payout account")),
    ],
    "admin": [
        (_("All sessions"), "/admin/sessions?show=all", _("Filter and export")),
        (_("All mechanics"), "/admin/mechanics?standing=all", _("Whatever their standing")),
        (_("Payments"), "/admin/money?tab=payments", _("Money")),
        (_("Refunds"), "/admin/money?tab=refunds", _("Money")),
        (_("Disputes"), "/admin/money?tab=disputes", _("Money")),
        (_("Payouts"), "/admin/money?tab=payouts", _("Money")),
        (_("Stuck"), "/admin/money?tab=events", _("Money")),
        (_("Reconciliation"), "/admin/money?tab=reconciliation", _("Money")),
    ],
}
_ABOUT = {
    "/mechanic/dashboard": _("Who waits"),
    "/mechanic/availability": _("When you work"),
    "/mechanic/profile": _("What customers read, logins and password"),
    "/admin/unattended": _("Requests without a mechanic"),
    "/admin/account": _("Second factor, logins and password"),
}


def palette_pages(audience: Audience) -> list[dict[str, str]]:
    """Every page of this workplace, and the parts of a page that have their address."""
    pages = [each | {"about": _ABOUT.get(each["href"], "")} for each in NAV[audience]]
    return pages + [{"label": label, "href": href, "about": about} for label, href, about in _PARTS.get(audience, [])]
