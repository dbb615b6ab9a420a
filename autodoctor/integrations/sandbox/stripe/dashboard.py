"""The developers' dashboard at work: what happened here, and buttons for what customers, banks and people at Stripe do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response

from autodoctor.integrations.sandbox.stripe import dashboard_page, service
from autodoctor.integrations.sandbox.stripe.forms import Listing, NewRefund
from autodoctor.integrations.sandbox.stripe.frame import DASHBOARD
from autodoctor.integrations.sandbox.stripe.problems import StripeProblem
from autodoctor.integrations.sandbox.stripe.store import Body, State, transaction
from autodoctor.integrations.sandbox.stripe.web import page, see_other, tell_briefly

SHOWN = 50
"""How many of the newest of each kind."""


async def _refund(state: State, charge: Body) -> object:
    return await service.create_refund(state, NewRefund(charge=charge["id"], reason="requested_by_customer"))


async def _win(state: State, dispute: Body) -> object:
    return await service.close_dispute(state, dispute, won=True)


async def _lose(state: State, dispute: Body) -> object:
    return await service.close_dispute(state, dispute, won=False)


ACTIONS: Mapping[str, tuple[str, Callable[[State, Body], Awaitable[object]]]] = {
    "refund": (service.CHARGE, _refund),
    "dispute": (service.CHARGE, service.open_dispute),
    "win": (service.DISPUTE, _win),
    "lose": (service.DISPUTE, _lose),
    "fail_refund": (service.REFUND, service.fail_refund),
    "disconnect": (service.ACCOUNT, service.disconnect),
}
"""What each button does, and with what kind of object."""


async def show(request: Request) -> Response:
    async with transaction() as state:
        return page(await _drawn(state))


async def act(request: Request) -> Response:
    """One of the buttons. What can't be done is said above the list."""
    form = await request.form()
    kind, action = ACTIONS.get(str(form.get("action")), (None, None))
    try:
        if kind is None or action is None:
            raise StripeProblem("We didn't understand which button was pressed.")
        async with transaction() as state:
            await action(state, await service.retrieve(state, kind, str(form.get("id"))))
    except StripeProblem as problem:
        async with transaction() as state:
            return page(await _drawn(state, refusal=str(problem)), problem.status)
    await tell_briefly()
    return see_other(DASHBOARD)


async def _drawn(state: State, refusal: str | None = None) -> str:
    newest = Listing(limit=SHOWN)
    kinds = (service.CHARGE, service.REFUND, service.DISPUTE, service.TRANSFER, service.ACCOUNT)
    charges, refunds, disputes, transfers, accounts = [(await state.page(kind, newest))[0] for kind in kinds]
    payments = [dashboard_page.Payment(charge, _of(charge, refunds), _of(charge, disputes)) for charge in charges]
    return dashboard_page.dashboard(await service.balance(state), payments, transfers, accounts, refusal=refusal)


def _of(charge: Body, found: list[Body]) -> list[Body]:
    return [each for each in found if each["charge"] == charge["id"]]
