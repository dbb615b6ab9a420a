"""The customer's past sessions, as the address asks for them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from autodoctor.payments import queries as payments
from autodoctor.payments.queries import Bill
from autodoctor.sessions import history
from autodoctor.sessions.rules import SessionStatus
from autodoctor.ui.customer.view import PastSession, past_session
from autodoctor.ui.paged import past_page
from autodoctor.ui.past_asked import PastAsked, PastFrame, past_asked_by

PAGE = "/customer/dashboard"
PAST_STATUSES = (SessionStatus.completed.value, SessionStatus.cancelled.value)


def asked_by(query: Mapping[str, Any]) -> PastAsked:
    """What a query or a form asks for of them."""
    return past_asked_by(query, path=PAGE, statuses=PAST_STATUSES)


async def read(db: Any, customer_id: uuid.UUID, asked: PastAsked, *, but: uuid.UUID | None) -> tuple[list[PastSession], PastFrame]:
    """All but the session `but`, which is on its way; and what stands around them."""
    found, frame = await past_page(asked, lambda wanted, cursor: history.of_customer(db, customer_id, wanted, but=but, cursor=cursor))
    bills = await payments.bills(db, [each.id for each in found])
    return [past_session(each, bills.get(each.id, Bill()).refund) for each in found], frame
