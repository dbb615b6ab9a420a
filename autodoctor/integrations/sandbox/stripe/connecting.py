"""The page of an account's link at work: shown, and its buttons."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from autodoctor.integrations.sandbox.stripe import account_page, accounts, service
from autodoctor.integrations.sandbox.stripe.store import Body, State, transaction
from autodoctor.integrations.sandbox.stripe.web import page, see_other, tell_briefly


async def show(request: Request) -> Response:
    """A link that was used, or is too old, leads where a new one is made."""
    async with transaction() as state:
        link = await _find(state, request)
        if link is None:
            return page(account_page.unknown(), 404)
        account = await service.retrieve(state, service.ACCOUNT, link["account"])
    if accounts.is_stale(link):
        return see_other(link["refresh_url"])
    return page(account_page.onboarding(link, account))


async def act(request: Request) -> Response:
    """One of the page's buttons."""
    action = (await request.form()).get("action")
    async with transaction() as state:
        link = await _find(state, request)
        if link is None:
            return page(account_page.unknown(), 404)
        if accounts.is_stale(link):
            return see_other(link["refresh_url"])
        if action not in {"finish", "leave_out", "back"}:
            return page(account_page.not_understood(), 400)
        await accounts.use(state, link)
        if action != "back":
            account = await service.retrieve(state, service.ACCOUNT, link["account"])
            await service.fill_in(state, account, missing=accounts.LEFT_OUT if action == "leave_out" else ())
    await tell_briefly()
    return see_other(link["return_url"])


async def _find(state: State, request: Request) -> Body | None:
    return await state.get(service.LINK, request.path_params["token"])
