"""What we write to people, message by message (PRODUCT section 8), in DESIGN.md's voice.

Each function takes the values of its message and returns the letter. Amounts are integer cents, `link` is absolute.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from autodoctor.notifications import booking_letters, money_letters, room_letters
from autodoctor.notifications.frame import Letter
from autodoctor.notifications.wording import as_pdf, breakdown, goes_back, hello, money, on_its_way


def verify_email(*, name: str, link: str) -> Letter:
    return Letter(
        subject="Verify your e-mail for Auto Doctor",
        greeting=hello(name),
        paragraphs=(
            "Your account is ready. Verify this address and you can talk to a mechanic.",
            "If you didn't sign up, ignore this mail. Nothing will happen.",
        ),
        button="Verify my e-mail",
        link=link,
    )


def reset_password(*, name: str, link: str) -> Letter:
    return Letter(
        subject="Choose a new password",
        greeting=hello(name),
        paragraphs=(
            "You asked for a new password. The button works once and for one hour.",
            "If it wasn't you, ignore this mail. Your password stays as it is.",
        ),
        button="Choose a new password",
        link=link,
    )


def account_changed(*, name: str, what: str, link: str) -> Letter:
    return Letter(
        subject=f"{what} at Auto Doctor",
        greeting=hello(name),
        paragraphs=(
            f"{what}. If that was you, there is nothing to do.",
            "If it wasn't you, take your account back with the button, then look in your profile where you are logged in.",
        ),
        button="It wasn't me",
        link=link,
    )


def receipt(
    *,
    name: str,
    plan_name: str,
    amount_cents: int,
    currency: str,
    receipt_link: str,
    link: str,
    discount_cents: int = 0,
    tax_cents: int = 0,
) -> Letter:
    amount = money(amount_cents, currency)
    money_back = "If nobody takes it within two hours, you get the full amount back without asking."
    return Letter(
        subject=f"Your receipt: {plan_name}, {amount}",
        greeting=hello(name),
        paragraphs=(
            f"You paid {amount} for {plan_name}. Mechanics see your request now.",
            *breakdown(amount_cents, discount_cents=discount_cents, tax_cents=tax_cents, currency=currency),
            *((money_back,) if amount_cents else ()),
            as_pdf(receipt_link),
        ),
        button="See my request",
        link=link,
    )


def request_accepted(*, name: str, mechanic_name: str, link: str) -> Letter:
    return Letter(
        subject=f"{mechanic_name} is ready for you",
        greeting=hello(name),
        paragraphs=(f"{mechanic_name} has taken your request and waits in the room. The time starts when you are both there.",),
        button="Join now",
        link=link,
    )


def request_unattended(*, name: str, link: str) -> Letter:
    return Letter(
        subject="We are looking for a mechanic by hand",
        greeting=hello(name),
        paragraphs=(
            "No mechanic has taken your request yet, so somebody on our team is looking for one now. You keep your place.",
            "If we find nobody within two hours of your payment, you get the full amount back without asking.",
        ),
        button="See my request",
        link=link,
    )


def request_expired(*, name: str, amount_cents: int, link: str) -> Letter:
    return Letter(
        subject=on_its_way("No mechanic was free", amount_cents),
        greeting=hello(name),
        paragraphs=(
            "No mechanic could take your request in time. We are sorry.",
            goes_back(amount_cents),
        ),
        button="Order again",
        link=link,
    )


def request_cancelled(*, name: str, amount_cents: int, link: str, is_free: bool = False) -> Letter:
    """`amount_cents` is what goes back to the customer, 0 when nothing does; `is_free` when nothing was paid."""
    outcome = (
        goes_back(amount_cents) if amount_cents or is_free else "This cancellation isn't refunded. If that seems wrong to you, write to us."
    )
    return Letter(
        subject="Your request is cancelled",
        greeting=hello(name),
        paragraphs=("Your request is cancelled, and no mechanic waits for you any more.", outcome),
        button="See my sessions",
        link=link,
    )


def customer_missed(*, name: str, amount_cents: int, link: str, is_free: bool = False) -> Letter:
    """The customer didn't come. `amount_cents` is what goes back, 0 where the house keeps it (NO_SHOW_POLICY)."""
    kept = "The mechanic had kept the time free for you, so this session isn't refunded. If that seems wrong to you, write to us."
    return Letter(
        subject="Your mechanic waited for you",
        greeting=hello(name),
        paragraphs=(
            "Your mechanic was in the room for half an hour, and you didn't come. The session is cancelled.",
            goes_back(amount_cents) if amount_cents or is_free else kept,
        ),
        button="Order again",
        link=link,
    )


def mechanic_missed(*, name: str, amount_cents: int, link: str) -> Letter:
    return Letter(
        subject=on_its_way("Your mechanic didn't come", amount_cents),
        greeting=hello(name),
        paragraphs=("Your mechanic accepted and then didn't come to the room. We are sorry.", goes_back(amount_cents)),
        button="Order again",
        link=link,
    )


def mechanic_left(*, name: str, amount_cents: int, link: str) -> Letter:
    return Letter(
        subject=on_its_way("Your session broke off", amount_cents),
        greeting=hello(name),
        paragraphs=("Your mechanic left the room and didn't come back. We are sorry.", goes_back(amount_cents)),
        button="Order again",
        link=link,
    )


def looking_again(*, name: str, link: str) -> Letter:
    return Letter(
        subject="We are looking for another mechanic",
        greeting=hello(name),
        paragraphs=(
            "Your mechanic is no longer available. We look for another one: the others see your request again, and you keep your place.",
            "If nobody takes it in time, you get the full amount back without asking.",
        ),
        button="See my request",
        link=link,
    )


def mechanic_assigned(*, name: str, plan_name: str, link: str) -> Letter:
    return Letter(
        subject="A customer is waiting for you",
        greeting=hello(name),
        paragraphs=(
            f"We have given you a {plan_name}: the customer has waited and nobody else was free. They have been told that you come.",
            "If you can't take it, open your dashboard and let it go, so that somebody else can.",
        ),
        button="Go to the room",
        link=link,
    )


def duplicate_payment_refunded(*, name: str, amount_cents: int, link: str) -> Letter:
    return Letter(
        subject=on_its_way("You paid twice", amount_cents),
        greeting=hello(name),
        paragraphs=(
            "You already have an open consultation, and a second one was paid. You can have one at a time, so we kept the first.",
            goes_back(amount_cents),
        ),
        button="Go to my consultation",
        link=link,
    )


def mechanic_approved(*, name: str, link: str) -> Letter:
    return Letter(
        subject="You can take requests now",
        greeting=hello(name),
        paragraphs=("Your account is approved. Go online, and requests reach you the moment a customer has paid.",),
        button="Open my dashboard",
        link=link,
    )


def contact_message(*, name: str, email: str, message: str) -> Letter:
    """From the contact form to us. The button answers the sender."""
    return Letter(
        subject=f"Message from {name}",
        greeting=f"{name} ({email}) writes:",
        paragraphs=(message,),
        button=f"Answer {email}",
        link=f"mailto:{quote(email, safe='@+')}",
    )


TEMPLATES: dict[str, Callable[..., Letter]] = {
    template.__name__: template
    for template in (
        verify_email,
        reset_password,
        receipt,
        request_accepted,
        request_unattended,
        request_expired,
        request_cancelled,
        customer_missed,
        mechanic_missed,
        mechanic_left,
        looking_again,
        mechanic_assigned,
        duplicate_payment_refunded,
        booking_letters.booking_confirmed,
        booking_letters.booked_mechanic,
        booking_letters.booking_reminder,
        booking_letters.booking_moved,
        booking_letters.booking_cancelled,
        booking_letters.booking_called_off,
        booking_letters.booking_given_back,
        booking_letters.slot_lost_refunded,
        room_letters.extension_receipt,
        room_letters.extension_refunded,
        room_letters.invitation,
        room_letters.session_summary,
        room_letters.follow_up_asked,
        room_letters.follow_up_answered,
        room_letters.report_ready,
        room_letters.action_plan_ready,
        money_letters.payout_sent,
        money_letters.share_taken_back,
        money_letters.weekly_statement,
        money_letters.refund_made,
        money_letters.tip_receipt,
        money_letters.tip_refunded,
        money_letters.dispute_inquiry,
        money_letters.dispute_open,
        money_letters.dispute_won,
        money_letters.dispute_lost,
        account_changed,
        mechanic_approved,
        contact_message,
    )
}
