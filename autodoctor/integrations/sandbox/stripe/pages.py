"""The payment page and what it says when there is nothing to pay. Plain HTML: it works without a script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from string import Template
from typing import Any

# Colours are Radix slate and teal, like ui/theme.py; this page is served without the application's style sheet.
_FRAME = Template(
    """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>$title · Auto Doctor sandbox</title>
<style>
:root {
  --page: #f9f9fb; --card: #ffffff; --line: #d9d9e0; --line-strong: #b9bbc6; --text: #1c2024; --muted: #60646c;
  --accent: #00796b; --on-accent: #ffffff; --soon: #fff7c2; --soon-text: #714900; --now: #feebe7; --now-text: #b32a12;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #111113; --card: #18191b; --line: #363a3f; --line-strong: #5a6169; --text: #edeef0; --muted: #b0b4ba;
    --accent: #12a594; --on-accent: #0d1514; --soon: #302008; --soon-text: #ffca16; --now: #391714; --now-text: #ff977d;
  }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 24px 16px; background: var(--page); color: var(--text); font: 400 16px/1.5 Inter, system-ui, sans-serif; }
main { max-width: 440px; margin: 0 auto; }
.brand { margin: 0 0 16px; font: 700 20px/1.3 'Bricolage Grotesque', system-ui, sans-serif; }
.note { margin: 0 0 16px; padding: 12px 16px; border-radius: 8px; background: var(--soon); color: var(--soon-text); font-size: 14px; }
.card { padding: 24px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
h1 { margin: 0; font: 700 20px/1.3 'Bricolage Grotesque', system-ui, sans-serif; }
p { margin: 8px 0 0; }
.amount { font: 700 39px/1.2 'Bricolage Grotesque', system-ui, sans-serif; font-variant-numeric: tabular-nums; }
.muted { color: var(--muted); font-size: 14px; overflow-wrap: anywhere; }
table { width: 100%; margin: 16px 0 0; border-collapse: collapse; }
th, td { padding: 12px 0; border-top: 1px solid var(--line); text-align: left; font-weight: 400; vertical-align: top; }
td { padding-left: 16px; text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
tfoot th, tfoot td { font-weight: 600; }
[role=alert] { margin: 16px 0 0; padding: 12px 16px; border-radius: 8px; background: var(--now); color: var(--now-text); }
form { display: grid; gap: 12px; margin: 24px 0 0; }
button, .button {
  display: block; width: 100%; min-height: 48px; padding: 12px 24px; border: 1px solid var(--line-strong); border-radius: 8px;
  background: transparent; color: var(--text); font: 600 16px/1.4 Inter, system-ui, sans-serif; text-align: center;
  text-decoration: none; cursor: pointer;
}
.primary { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
.quiet { border-color: transparent; color: var(--muted); }
button:focus-visible, .button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
@media (hover: hover) { button:hover, .button:hover { filter: brightness(0.94); } }
@media (min-width: 600px) { body { padding-top: 64px; } .card { padding: 32px; } }
</style>
</head>
<body>
<main>
<p class="brand">Auto Doctor</p>
<p class="note" role="note">This is a sandbox for trying things out. No card is needed and no money moves.</p>
<div class="card">
$content
</div>
</main>
</body>
</html>
"""
)
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
<tfoot><tr><th scope="row">Total</th><td>$amount</td></tr></tfoot>
</table>
<form method="post" action="$action">
<button class="primary" name="action" value="pay">Pay</button>
<button name="action" value="decline" aria-describedby="declining">Decline</button>
<p class="muted" id="declining" style="margin:0">Decline acts as a card that its bank refuses.</p>
$back
</form>"""
)
_BACK = '<button class="quiet" name="action" value="leave">Go back</button>'
_DECLINED = '<p role="alert">Your card was declined. Nothing was charged. Try another card.</p>'


def payment(checkout: Mapping[str, Any], items: Iterable[Mapping[str, Any]], *, is_declined: bool) -> str:
    """What is bought, what it costs, and the three ways on."""
    amount = money(checkout["amount_total"], checkout["currency"])
    content = _PAYMENT.substitute(
        amount=amount,
        email=escape(checkout["customer_email"] or ""),
        alert=_DECLINED if is_declined else "",
        items="\n".join(_row(item) for item in items),
        action=escape(f"/dev/stripe/checkout/{checkout['id']}"),
        back=_BACK if checkout["cancel_url"] else "",
    )
    return _framed(f"Pay {amount}", content)


def paid(checkout: Mapping[str, Any], success_url: str) -> str:
    amount = money(checkout["amount_total"], checkout["currency"])
    return _message(
        "This is paid already", f"You paid {amount}, once. There is nothing more to pay here.", link=success_url, verb="Continue"
    )


def expired(checkout: Mapping[str, Any]) -> str:
    words = "This payment page was open for too long and has expired. Nothing was charged."
    return _message("This page has expired", words, link=checkout["cancel_url"], verb="Start again")


def unknown() -> str:
    return _message(
        "There is no such payment", "This address doesn't lead to a payment. Nothing was charged.", link="/", verb="To the start"
    )


def not_understood() -> str:
    return _message("That didn't work", "We didn't understand which button was pressed. Nothing was charged.", link="", verb="Try again")


def money(cents: int, currency: str) -> str:
    """An amount with its currency: 999 → "9.99 USD"."""
    return f"{cents // 100}.{cents % 100:02d} {currency.upper()}"


def _row(item: Mapping[str, Any]) -> str:
    price = item["price_data"]
    name = escape(price["product_data"]["name"])
    count = f" × {item['quantity']}" if item["quantity"] > 1 else ""
    return f'<tr><th scope="row">{name}{count}</th><td>{money(price["unit_amount"] * item["quantity"], price["currency"])}</td></tr>'


def _message(title: str, words: str, *, link: str | None, verb: str) -> str:
    way_on = (
        f'<p style="margin-top:24px"><a class="button primary" href="{escape(link)}">{escape(verb)}</a></p>' if link is not None else ""
    )
    return _framed(title, f"<h1>{escape(title)}</h1>\n<p>{escape(words)}</p>\n{way_on}")


def _framed(title: str, content: str) -> str:
    return _FRAME.substitute(title=escape(title), content=content)
