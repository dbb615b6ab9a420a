"""What the login cookies are called, and what counts as one (issue 7, item 6)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autodoctor.accounts import cookies
from autodoctor.accounts.models import Role
from autodoctor.core.settings import get_settings

NAMES = {Role.customer: "aad_customer", Role.mechanic: "aad_mech", Role.admin: "aad_admin", Role.guest: "aad_guest"}


@pytest.fixture
def over_https(settings_env: pytest.MonkeyPatch) -> Iterator[None]:
    settings_env.setenv("APP_URL", "https://autodoctor.example")
    get_settings.cache_clear()
    yield


def test_over_http_the_names_are_plain(settings_env: pytest.MonkeyPatch) -> None:
    assert {role: cookies.login_cookie(role) for role in Role} == NAMES
    assert cookies.device_cookie() == "aad_device"
    assert not cookies.are_secure()


def test_over_https_each_belongs_to_its_host(over_https: None) -> None:
    assert {role: cookies.login_cookie(role) for role in Role} == {role: f"__Host-{name}" for role, name in NAMES.items()}
    assert cookies.device_cookie() == "__Host-aad_device"
    assert cookies.are_secure()


def test_over_https_a_plain_name_counts_for_nothing(over_https: None) -> None:
    planted = "; ".join(f"{name}=planted" for name in [*NAMES.values(), "aad_device"])
    assert cookies.logins_in(planted) == {}
    assert cookies.login_in(planted, Role.admin) == cookies.device_in(planted) == ""
    both = f"{planted}; __Host-aad_mech=own; aad_mech=planted-again"
    assert cookies.logins_in(both) == {Role.mechanic: "own"}


@pytest.mark.parametrize("before", ["\xa0", "\u2000", "\x85", "\x1c", "\x0b", "_", "__host-"])
def test_what_browsers_dont_take_for_the_prefix_we_dont_either(over_https: None, before: str) -> None:
    for header in (f"{before}__Host-aad_customer=planted", f"theme=dark; {before}__Host-aad_customer=planted"):
        assert cookies.login_in(header, Role.customer) == ""
    assert cookies.login_in("__HOST-aad_customer=planted", Role.customer) == ""


def test_the_header_is_read_as_browsers_write_it(settings_env: pytest.MonkeyPatch) -> None:
    assert cookies.carried("a=1; b=2=3;c=; odd;  d = 4 ;\te=5") == {"a": "1", "b": "2=3", "c": "", "d": "4", "e": "5"}
    assert cookies.carried("") == {}
    assert cookies.logins_in("aad_guest=g; aad_customer=; aad_mech=m") == {Role.mechanic: "m", Role.guest: "g"}
