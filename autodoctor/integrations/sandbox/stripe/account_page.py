"""The page where a mechanic fills in their account, in the part of Stripe's onboarding."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from string import Template
from typing import Any

from autodoctor.integrations.sandbox.stripe.frame import framed, message

_ONBOARDING = Template(
    """\
<h1>Set up your payout account</h1>
<p class="muted">$email</p>
<p>Stripe would ask here who you are and where your money goes. In the sandbox you choose how far you get.</p>
<form method="post" action="$action">
<button class="primary" name="action" value="finish" aria-describedby="finishing">Finish</button>
<p class="muted" id="finishing" style="margin:0">Everything is filled in: the account can receive money.</p>
<button name="action" value="leave_out" aria-describedby="leaving-out">Leave details out</button>
<p class="muted" id="leaving-out" style="margin:0">Bank account and identity document are missing.</p>
<button class="quiet" name="action" value="back">Go back</button>
</form>"""
)


def onboarding(link: Mapping[str, Any], account: Mapping[str, Any]) -> str:
    action = escape(f"/dev/stripe/connect/{link['id']}")
    return framed("Set up your payout account", _ONBOARDING.substitute(email=escape(account["email"] or ""), action=action))


def unknown() -> str:
    words = "This address doesn't lead to an account. Nothing was changed."
    return message("There is no such link", words, link="/", verb="To the start")


def not_understood() -> str:
    return message("That didn't work", "We didn't understand which button was pressed. Nothing was changed.", link="", verb="Try again")
