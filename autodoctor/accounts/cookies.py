"""What the cookies are called that carry logins and a browser's name, and what a request carries of them.

Where the site is served by https the names begin with `__Host-`: a browser takes such a cookie only over https, for this host alone and
for all of it, so neither a neighbouring host nor somebody on the line can plant one (RFC 6265bis). Without https browsers refuse them.
"""

from __future__ import annotations

from autodoctor.accounts.models import Role
from autodoctor.core.cookies import carried
from autodoctor.core.settings import get_settings

_LOGINS = {Role.customer: "aad_customer", Role.mechanic: "aad_mech", Role.admin: "aad_admin", Role.guest: "aad_guest"}
_DEVICE = "aad_device"
_BROWSERS_OWN = "__Host-"


def are_secure() -> bool:
    """Whether cookies may go over https only."""
    return get_settings().app_url.startswith("https://")


def login_cookie(role: Role) -> str:
    """The cookie that a browser carries this role's token in."""
    return _named(_LOGINS[role])


def device_cookie() -> str:
    """The cookie of a device that somebody has logged in from (`known_devices`)."""
    return _named(_DEVICE)


def _named(name: str) -> str:
    return f"{_BROWSERS_OWN}{name}" if are_secure() else name


def login_in(header: str, role: Role) -> str:
    """This role's token in a request's `Cookie` header, "" when there is none."""
    return carried(header).get(login_cookie(role), "")


def logins_in(header: str) -> dict[Role, str]:
    """The tokens in a request's `Cookie` header, a guest's last."""
    found = carried(header)
    return {role: token for role in _LOGINS if (token := found.get(login_cookie(role)))}


def device_in(header: str) -> str:
    """The device in a request's `Cookie` header, "" when there is none."""
    return carried(header).get(device_cookie(), "")
