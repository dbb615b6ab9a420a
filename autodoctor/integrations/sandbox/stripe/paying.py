"""The payment page at work: shown, and its buttons."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from autodoctor.integrations.sandbox.stripe import payment_page, service
from autodoctor.integrations.sandbox.stripe.store import Body, State, transaction
from autodoctor.integrations.sandbox.stripe.web import page, see_other, tell_briefly


async def show(request: Request) -> Response:
    async with transaction() as state:
        checkout = await _find(state, request)
        notes = await state.notes(checkout["id"]) if checkout else {}
    if checkout is None:
        return page(payment_page.unknown(), 404)
    if checkout["status"] != "open":
        return page(_closed(checkout))
    return page(payment_page.payment(checkout, notes["line_items"], notice=request.query_params.get("notice")))


async def act(request: Request) -> Response:
    """One of the page's buttons."""
    form = await request.form()
    async with transaction() as state:
        checkout = await _find(state, request)
        match form.get("action") if checkout and checkout["status"] == "open" else None, checkout:
            case "pay", dict():
                outcome = see_other(_success_url(await service.pay(state, checkout)))
            case "apply", dict():
                applied = await service.apply_code(state, checkout, str(form.get("code", "")))
                outcome = see_other(request.url.path if applied else f"{request.url.path}?notice=unknown_code")
            case _:
                outcome = _refuse_or_leave(request, checkout, form.get("action"))
    await tell_briefly()
    return outcome


def _refuse_or_leave(request: Request, checkout: Body | None, action: object) -> Response:
    if checkout is None:
        return page(payment_page.unknown(), 404)
    if action == "leave" and checkout["cancel_url"]:
        return see_other(checkout["cancel_url"])
    if checkout["status"] != "open":
        return page(_closed(checkout), 409)
    if action == "decline":
        return see_other(f"{request.url.path}?notice=declined")
    return page(payment_page.not_understood(), 400)


async def _find(state: State, request: Request) -> Body | None:
    await service.expire_overdue(state)
    return await state.get(service.CHECKOUT, request.path_params["checkout_id"])


def _closed(checkout: Body) -> str:
    return payment_page.paid(checkout, _success_url(checkout)) if checkout["status"] == "complete" else payment_page.expired(checkout)


def _success_url(checkout: Body) -> str:
    return checkout["success_url"].replace("{CHECKOUT_SESSION_ID}", checkout["id"])
