"""What can go wrong with a call to Stripe, told apart where somebody does something about it."""

from __future__ import annotations

from autodoctor.core.errors import NotFound, ProviderUnavailable, Refusal
from autodoctor.words import N_


class StripeUnavailable(ProviderUnavailable):
    """Not reached, too slow, too busy, or broken: the same call may go well a minute later."""

    default_detail = N_("Our payment provider isn't answering just now. Nothing is lost. Please try again in a minute.")


class CheckoutNotOpened(StripeUnavailable):
    """No page to pay at could be had. One that was opened all the same leads nobody to it."""

    default_detail = N_("Our payment provider isn't answering just now. Nothing was charged. Please try again in a minute.")


class StripeRefused(ProviderUnavailable):
    """Stripe refused for a reason that we don't handle: a mistake of ours. `code` and `words` are Stripe's, and for us only."""

    default_detail = N_(
        "Our payment provider didn't accept this. It is our mistake, and nothing was charged. Please tell us if it happens again."
    )

    def __init__(self, refused_code: str | None, words: str | None) -> None:
        super().__init__()
        self.refused_code, self.words = refused_code, words

    def __str__(self) -> str:
        return f"{self.refused_code}: {self.words}"


class NoSuchObject(NotFound):
    """Stripe doesn't know this id."""


class NoSuchCheckout(NoSuchObject):
    default_detail = N_("We couldn't find this payment.")


class NoSuchAccount(NoSuchObject):
    """Stripe doesn't know this account, or it is no longer connected with ours."""

    default_detail = N_("We couldn't find this account at our payment provider.")


class StripeSaysNo(Exception):
    """Stripe won't do it as things stand. `code` and `words` are Stripe's own."""

    def __init__(self, code: str | None = None, words: str | None = None) -> None:
        self.code, self.words = code, words
        super().__init__(f"{code}: {words}")


class NothingToRefund(StripeSaysNo):
    """This payment has been refunded already."""


class MoreThanIsLeft(StripeSaysNo):
    """Less is left of this payment, or of this transfer, than is asked for: a part went back without us."""


class ChargeDisputed(StripeSaysNo):
    """This payment can't be refunded: its customer asked their bank for the money, and the bank decides."""


class BalanceTooLow(StripeSaysNo):
    """There isn't enough to take it from yet. Worth another try: paid money is available some days later."""


class TransferRefused(StripeSaysNo):
    """This account may not receive money, for now or for good: a matter between its owner and Stripe."""


class BadSignature(Refusal):
    status, code = 400, "bad_signature"
    default_detail = "This isn't signed by our payment provider, or it is too old."
