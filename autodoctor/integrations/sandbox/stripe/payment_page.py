"""The payment page, and what it says when there is nothing to pay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from string import Template
from typing import Any

from autodoctor.integrations.sandbox.stripe.frame import alert, framed, message, money
from autodoctor.integrations.sandbox.stripe.pricing import PROMOTIONS, TAX_PERCENT

_PAYMENT = Template(
    """\
<h1>Pay Auto Doctor</h1>
<p class="amount">$amount</p>
<p class="muted">$email</p>
$alert
<table>
<tbody>
$items
</tbody>
<tfoot>$sums</tfoot>
</table>
$code
<form method="post" action="$action">
<button class="primary" name="action" value="pay">$verb</button>
<button name="action" value="decline" aria-describedby="declining">Decline</button>
<p class="muted" id="declining" style="margin:0">Decline acts as a card that its bank refuses.</p>
$back
</form>"""
)
_BACK = '<button class="quiet" name="action" value="leave">Go back</button>'
_CODE = Template(
    """\
<form method="post" action="$action">
<label for="code">Promotion code</label>
<input id="code" name="code" autocomplete="off" autocapitalize="characters" maxlength="40" aria-describedby="codes">
<p class="muted" id="codes" style="margin:0">Known here: $known.</p>
<button name="action" value="apply">Apply</button>
</form>"""
)
_TAKEN_OFF = Template(
    """\
<form method="post" action="$action">
<input type="hidden" name="code" value="">
<button name="action" value="apply">Remove $code</button>
</form>"""
)
_ALERTS = {
    "declined": "Your card was declined. Nothing was charged. Try another card.",
    "unknown_code": "We don't know this promotion code. Check it and try again.",
}


def payment(checkout: Mapping[str, Any], items: Iterable[Mapping[str, Any]], *, notice: str | None) -> str:
    """What is bought, what it costs, and the three ways on. `notice` is what went wrong just now: declined or unknown_code."""
    amount = money(checkout["amount_total"], checkout["currency"])
    action = escape(f"/dev/stripe/checkout/{checkout['id']}")
    content = _PAYMENT.substitute(
        amount=amount,
        email=escape(checkout["customer_email"] or ""),
        alert=alert(_ALERTS[notice]) if notice in _ALERTS else "",
        items="\n".join(_item(item) for item in items),
        sums="\n".join(_row(*each) for each in _sums(checkout)),
        code=_code(checkout, action) if checkout["allow_promotion_codes"] else "",
        verb="Pay" if checkout["amount_total"] else "Complete order",
        action=action,
        back=_BACK if checkout["cancel_url"] else "",
    )
    return framed(f"Pay {amount}", content)


def paid(checkout: Mapping[str, Any], success_url: str) -> str:
    amount = money(checkout["amount_total"], checkout["currency"])
    return message(
        "This is paid already", f"You paid {amount}, once. There is nothing more to pay here.", link=success_url, verb="Continue"
    )


def expired(checkout: Mapping[str, Any]) -> str:
    words = "This payment page was open for too long and has expired. Nothing was charged."
    return message("This page has expired", words, link=checkout["cancel_url"], verb="Start again")


def unknown() -> str:
    words = "This address doesn't lead to a payment. Nothing was charged."
    return message("There is no such payment", words, link="/", verb="To the start")


def not_understood() -> str:
    return message("That didn't work", "We didn't understand which button was pressed. Nothing was charged.", link="", verb="Try again")


def _sums(checkout: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """The total, and how it comes about where something was taken off or put on top."""
    currency, details = checkout["currency"], checkout["total_details"]
    if details["amount_discount"] or details["amount_tax"]:
        yield "Subtotal", money(checkout["amount_subtotal"], currency)
    if details["amount_discount"]:
        yield f"Discount ({_applied(checkout)})", money(-details["amount_discount"], currency)
    if checkout["automatic_tax"]["enabled"]:
        yield f"Tax ({TAX_PERCENT} %)", money(details["amount_tax"], currency)
    yield "Total", money(checkout["amount_total"], currency)


def _code(checkout: Mapping[str, Any], action: str) -> str:
    if applied := _applied(checkout):
        return _TAKEN_OFF.substitute(action=action, code=escape(applied))
    return _CODE.substitute(action=action, known=", ".join(PROMOTIONS))


def _applied(checkout: Mapping[str, Any]) -> str:
    return checkout["discounts"][0]["promotion_code"].removeprefix("promo_") if checkout["discounts"] else ""


def _item(item: Mapping[str, Any]) -> str:
    price = item["price_data"]
    count = f" × {item['quantity']}" if item["quantity"] > 1 else ""
    return _row(f"{price['product_data']['name']}{count}", money(price["unit_amount"] * item["quantity"], price["currency"]))


def _row(name: str, figure: str) -> str:
    return f'<tr><th scope="row">{escape(name)}</th><td>{figure}</td></tr>'
