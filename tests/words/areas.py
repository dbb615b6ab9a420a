"""What is spoken in every language: whoever translates an area adds its pages and its scripts (docs/languages.md)."""

from __future__ import annotations

PAGES = [
    "index",
    "pricing",
    "contact",
    "login",
    "signup",
    "forgot-password",
    "reset-password",
    "mechanic/login",
    "mechanic/signup",
    "mechanic/forgot-password",
    "mechanic/reset-password",
    "customer/verify",
    "checkout/success",
    "terms",
    "privacy",
    "waiver",
    "dev/outbox",
    "404",
]
"""Routes, as Reflex calls them."""

SCRIPTS = [
    "api_form.jsx",
    "checkout_return.jsx",
    "confirm_dialog.jsx",
    "filled.jsx",
    "forms.js",
    "from_address.jsx",
    "http.js",
    "language_switch.jsx",
    "local_time.jsx",
    "second_factor.jsx",
    "site_nav.jsx",
]
"""In `autodoctor/ui/js`."""
