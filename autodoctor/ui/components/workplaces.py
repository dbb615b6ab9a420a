"""Where the pages of each audience are: what stands in its navigation, and where its palette leads besides."""

from __future__ import annotations

from typing import Literal

Audience = Literal["public", "customer", "mechanic", "admin"]

HOME: dict[Audience, str] = {
    "public": "/",
    "customer": "/customer/dashboard",
    "mechanic": "/mechanic/dashboard",
    "admin": "/admin/overview",
}
NAV: dict[Audience, list[dict[str, str]]] = {
    "public": [{"label": "Pricing", "href": "/pricing"}],
    "customer": [
        {"label": "Sessions", "href": "/customer/dashboard"},
        {"label": "Vehicles", "href": "/customer/vehicles"},
        {"label": "Profile", "href": "/customer/profile"},
    ],
    "mechanic": [
        {"label": "Requests", "href": "/mechanic/dashboard"},
        {"label": "Hours", "href": "/mechanic/availability"},
        {"label": "Profile", "href": "/mechanic/profile"},
    ],
    "admin": [
        {"label": "Overview", "href": "/admin/overview"},
        {"label": "Waiting", "href": "/admin/unattended"},
        {"label": "Intakes", "href": "/admin/intakes"},
        {"label": "Sessions", "href": "/admin/sessions"},
        {"label": "Mechanics", "href": "/admin/mechanics"},
        {"label": "Money", "href": "/admin/money"},
        {"label": "Cleanup", "href": "/admin/cleanup"},
        {"label": "Audit log", "href": "/admin/audit"},
        {"label": "Account", "href": "/admin/account"},
    ],
}
_PARTS: dict[Audience, list[tuple[str, str, str]]] = {
    "mechanic": [
        ("History", "/mechanic/dashboard?tab=history", "Sessions that you completed"),
        ("Earnings", "/mechanic/dashboard?tab=earnings", "What you earned, and your payout account"),
    ],
    "admin": [
        ("All sessions", "/admin/sessions?show=all", "Filter and export"),
        ("All mechanics", "/admin/mechanics?standing=all", "Whatever their standing"),
        ("Payments", "/admin/money?tab=payments", "Money"),
        ("Refunds", "/admin/money?tab=refunds", "Money"),
        ("Disputes", "/admin/money?tab=disputes", "Money"),
        ("Payouts", "/admin/money?tab=payouts", "Money"),
        ("Stuck", "/admin/money?tab=events", "Money"),
        ("Reconciliation", "/admin/money?tab=reconciliation", "Money"),
    ],
}
_ABOUT = {
    "/mechanic/dashboard": "Who waits",
    "/mechanic/availability": "When you work",
    "/mechanic/profile": "What customers read, logins and password",
    "/admin/unattended": "Requests without a mechanic",
    "/admin/account": "Second factor, logins and password",
}


def palette_pages(audience: Audience) -> list[dict[str, str]]:
    """Every page of this workplace, and the parts of a page that have their address."""
    pages = [each | {"about": _ABOUT.get(each["href"], "")} for each in NAV[audience]]
    return pages + [{"label": label, "href": href, "about": about} for label, href, about in _PARTS.get(audience, [])]
