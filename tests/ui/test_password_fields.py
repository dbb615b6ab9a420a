"""A password is hidden while it is typed, and password managers know what each field is for (OWASP ASVS 5.0, 6.2.6 and 6.2.7)."""

from __future__ import annotations

import re

import pytest
from reflex.compiler.compiler import into_component

from autodoctor.autodoctor import app
from tests.servers import ROOT

WHERE_PASSWORDS_ARE_TYPED = {
    "admin/account",
    "admin/login",
    "customer/profile",
    "dev/components",
    "login",
    "mechanic/login",
    "mechanic/profile",
    "mechanic/reset-password",
    "mechanic/signup",
    "reset-password",
    "signup",
}


def password_fields(route: str) -> list[dict[str, str]]:
    """What is said of each field of this page whose name or kind is a password's."""
    drawn = str(into_component(app._unevaluated_pages[route].component))
    fields = [dict(re.findall(r'(\w+):"([^"]*)"', each)) for each in re.findall(r"jsx\(Field,\{([^{}]*)\}", drawn)]
    return [each for each in fields if "password" in each["name"].lower() or each["kind"] == "password"]


def test_these_pages_ask_for_one() -> None:
    assert {route for route in app._unevaluated_pages if password_fields(route)} == WHERE_PASSWORDS_ARE_TYPED


@pytest.mark.parametrize("route", sorted(WHERE_PASSWORDS_ARE_TYPED))
def test_it_is_hidden_and_named_for_password_managers(route: str) -> None:
    for field in password_fields(route):
        assert field["kind"] == "password"
        assert field["autocomplete"] in {"current-password", "new-password"}


def test_nothing_hinders_pasting_into_a_form() -> None:
    form = (ROOT / "autodoctor/ui/js/api_form.jsx").read_text()
    assert "type={isSecret && shown" in form, "we look where fields are made"
    assert "onPaste" not in form
