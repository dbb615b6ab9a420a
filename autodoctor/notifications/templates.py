"""What we write to people, message by message (PRODUCT section 8), in DESIGN.md's voice.

Each function takes the values of its message and returns the letter. Amounts are integer cents, `link` is absolute.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from autodoctor.notifications.frame import Letter
from autodoctor.plans.catalog import CURRENCY


def money(cents: int, currency: str = CURRENCY) -> str:
    """An amount with its currency: 999 → "9.99 USD"."""
    return f"{cents // 100}.{cents % 100:02d} {currency.upper()}"


def _hello(name: str) -> str:
    return f"Hello {name}," if name.strip() else "Hello,"


def _goes_back(amount_cents: int) -> str:
    return f"We are refunding {money(amount_cents)} in full. Your bank shows it within 5 to 10 days."


def _as_pdf(receipt_link: str) -> str:
    return f"Your receipt as a PDF: {receipt_link}"


def verify_email(*, name: str, link: str) -> Letter:
    return Letter(
        subject="Verify your e-mail for Auto Doctor",
        greeting=_hello(name),
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
        greeting=_hello(name),
        paragraphs=(
            "You asked for a new password. The button works once and for one hour.",
            "If it wasn't you, ignore this mail. Your password stays as it is.",
        ),
        button="Choose a new password",
        link=link,
    )


def receipt(*, name: str, plan_name: str, amount_cents: int, currency: str, receipt_link: str, link: str) -> Letter:
    amount = money(amount_cents, currency)
    return Letter(
        subject=f"Your receipt: {plan_name}, {amount}",
        greeting=_hello(name),
        paragraphs=(
            f"You paid {amount} for {plan_name}. Mechanics see your request now.",
            "If nobody takes it within two hours, you get the full amount back without asking.",
            _as_pdf(receipt_link),
        ),
        button="See my request",
        link=link,
    )


def request_accepted(*, name: str, mechanic_name: str, link: str) -> Letter:
    return Letter(
        subject=f"{mechanic_name} is ready for you",
        greeting=_hello(name),
        paragraphs=(f"{mechanic_name} has taken your request and waits in the room. The time starts when you are both there.",),
        button="Join now",
        link=link,
    )


def request_unattended(*, name: str, link: str) -> Letter:
    return Letter(
        subject="We are looking for a mechanic by hand",
        greeting=_hello(name),
        paragraphs=(
            "No mechanic has taken your request yet, so somebody on our team is looking for one now. You keep your place.",
            "If we find nobody within two hours of your payment, you get the full amount back without asking.",
        ),
        button="See my request",
        link=link,
    )


def request_expired(*, name: str, amount_cents: int, link: str) -> Letter:
    return Letter(
        subject=f"No mechanic was free: {money(amount_cents)} is on its way back",
        greeting=_hello(name),
        paragraphs=(
            "No mechanic could take your request in time. We are sorry.",
            _goes_back(amount_cents),
        ),
        button="Order again",
        link=link,
    )


def request_cancelled(*, name: str, amount_cents: int, link: str) -> Letter:
    """`amount_cents` is what goes back to the customer, 0 when nothing does."""
    outcome = _goes_back(amount_cents) if amount_cents else "This cancellation isn't refunded. If that seems wrong to you, write to us."
    return Letter(
        subject="Your request is cancelled",
        greeting=_hello(name),
        paragraphs=("Your request is cancelled, and no mechanic waits for you any more.", outcome),
        button="See my sessions",
        link=link,
    )


def customer_missed(*, name: str, amount_cents: int, link: str) -> Letter:
    """The customer didn't come. `amount_cents` is what goes back, 0 where the house keeps it (NO_SHOW_POLICY)."""
    kept = "The mechanic had kept the time free for you, so this session isn't refunded. If that seems wrong to you, write to us."
    return Letter(
        subject="Your mechanic waited for you",
        greeting=_hello(name),
        paragraphs=(
            "Your mechanic was in the room for half an hour, and you didn't come. The session is cancelled.",
            _goes_back(amount_cents) if amount_cents else kept,
        ),
        button="Order again",
        link=link,
    )


def mechanic_missed(*, name: str, amount_cents: int, link: str) -> Letter:
    return Letter(
        subject=f"Your mechanic didn't come: {money(amount_cents)} is on its way back",
        greeting=_hello(name),
        paragraphs=("Your mechanic accepted and then didn't come to the room. We are sorry.", _goes_back(amount_cents)),
        button="Order again",
        link=link,
    )


def mechanic_left(*, name: str, amount_cents: int, link: str) -> Letter:
    return Letter(
        subject=f"Your session broke off: {money(amount_cents)} is on its way back",
        greeting=_hello(name),
        paragraphs=("Your mechanic left the room and didn't come back. We are sorry.", _goes_back(amount_cents)),
        button="Order again",
        link=link,
    )


def looking_again(*, name: str, link: str) -> Letter:
    return Letter(
        subject="We are looking for another mechanic",
        greeting=_hello(name),
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
        greeting=_hello(name),
        paragraphs=(
            f"We have given you a {plan_name}: the customer has waited and nobody else was free. They have been told that you come.",
            "If you can't take it, open your dashboard and let it go, so that somebody else can.",
        ),
        button="Go to the room",
        link=link,
    )


def duplicate_payment_refunded(*, name: str, amount_cents: int, link: str) -> Letter:
    return Letter(
        subject=f"You paid twice: {money(amount_cents)} is on its way back",
        greeting=_hello(name),
        paragraphs=(
            "You already have an open consultation, and a second one was paid. You can have one at a time, so we kept the first.",
            f"We are refunding {money(amount_cents)} for the second in full. Your bank shows it within 5 to 10 days.",
        ),
        button="Go to my consultation",
        link=link,
    )


def booking_confirmed(
    *, name: str, plan_name: str, mechanic_name: str, when: str, amount_cents: int, currency: str, receipt_link: str, link: str
) -> Letter:
    """The receipt of a session that is booked for its time."""
    return Letter(
        subject=f"Booked: {plan_name} on {when}",
        greeting=_hello(name),
        paragraphs=(
            f"You paid {money(amount_cents, currency)} for {plan_name} with {mechanic_name} on {when}.",
            "Add it to your calendar: it shows the time where you are. We remind you a day and a quarter of an hour before.",
            "You can move it until an hour before, and cancel it until it starts. Then you get the full amount back.",
            _as_pdf(receipt_link),
        ),
        button="Add it to my calendar",
        link=link,
    )


def booked_mechanic(*, name: str, plan_name: str, when: str, link: str) -> Letter:
    return Letter(
        subject=f"Booked with you: {plan_name} on {when}",
        greeting=_hello(name),
        paragraphs=(
            f"A customer has booked a {plan_name} with you on {when}.",
            "At that time the request comes to you first. If you can't come, give it back on your dashboard, the sooner the better.",
        ),
        button="Add it to my calendar",
        link=link,
    )


def booking_reminder(*, name: str, plan_name: str, when: str, link: str) -> Letter:
    return Letter(
        subject=f"Your {plan_name} is on {when}",
        greeting=_hello(name),
        paragraphs=(f"Your {plan_name} is on {when}. Open your dashboard then: it leads you to the room.",),
        button="Open my dashboard",
        link=link,
    )


def booking_moved(*, name: str, plan_name: str, when: str, was_at: str, link: str) -> Letter:
    return Letter(
        subject=f"Moved: your {plan_name} is now on {when}",
        greeting=_hello(name),
        paragraphs=(f"Your {plan_name} was on {was_at}. It is now on {when}.", "The calendar file below takes the place of the old one."),
        button="Update my calendar",
        link=link,
    )


def booking_cancelled(*, name: str, plan_name: str, when: str, amount_cents: int, link: str) -> Letter:
    return Letter(
        subject=f"Cancelled: {money(amount_cents)} is on its way back",
        greeting=_hello(name),
        paragraphs=(f"You cancelled your {plan_name} on {when}.", _goes_back(amount_cents)),
        button="See my sessions",
        link=link,
    )


def booking_called_off(*, name: str, plan_name: str, when: str, link: str) -> Letter:
    """To the mechanic, whose time is free again."""
    return Letter(
        subject=f"Called off: {plan_name} on {when}",
        greeting=_hello(name),
        paragraphs=(f"Your customer has called off the {plan_name} on {when}, or moved it to somebody else. Your time is free again.",),
        button="Open my dashboard",
        link=link,
    )


def booking_given_back(*, name: str, plan_name: str, mechanic_name: str, when: str, link: str) -> Letter:
    return Letter(
        subject=f"Another mechanic will take your {plan_name}",
        greeting=_hello(name),
        paragraphs=(
            f"{mechanic_name} can't come to your {plan_name} on {when}. Your booking stands: at its time all our mechanics are asked.",
            "If you would rather choose somebody yourself, move it until an hour before. You can also cancel it and get everything back.",
        ),
        button="See my sessions",
        link=link,
    )


def slot_lost_refunded(*, name: str, plan_name: str, amount_cents: int, link: str) -> Letter:
    return Letter(
        subject=f"Your time was gone: {money(amount_cents)} is on its way back",
        greeting=_hello(name),
        paragraphs=(
            f"Your payment for {plan_name} came when the time you had chosen could no longer be kept for you. We are sorry.",
            _goes_back(amount_cents),
        ),
        button="Choose another time",
        link=link,
    )


def extension_receipt(*, name: str, minutes: int, amount_cents: int, receipt_link: str, link: str) -> Letter:
    return Letter(
        subject=f"Your receipt: {minutes} more minutes, {money(amount_cents)}",
        greeting=_hello(name),
        paragraphs=(f"You paid {money(amount_cents)}, and {minutes} minutes were added to your session.", _as_pdf(receipt_link)),
        button="See my session",
        link=link,
    )


def extension_refunded(*, name: str, minutes: int, amount_cents: int, link: str) -> Letter:
    return Letter(
        subject=f"Your session was over: {money(amount_cents)} is on its way back",
        greeting=_hello(name),
        paragraphs=(
            f"You paid for {minutes} more minutes, and your session was over when the payment came.",
            _goes_back(amount_cents),
        ),
        button="See my session",
        link=link,
    )


def invitation(*, who: str, link: str) -> Letter:
    """To somebody who has no account: a helper, a co-owner (M8)."""
    return Letter(
        subject=f"{who} asks you into a consultation with a mechanic",
        greeting=_hello(""),
        paragraphs=(
            f"{who} is talking with a mechanic about a car and would like you to be there.",
            "The link is for you alone and works until the session ends. You need no account, only your name.",
        ),
        button="Join the session",
        link=link,
    )


def session_summary(*, name: str, mechanic_name: str, link: str) -> Letter:
    return Letter(
        subject=f"Your consultation with {mechanic_name}",
        greeting=_hello(name),
        paragraphs=(
            f"Your consultation with {mechanic_name} is over. The conversation, the files and the notes stay on its page.",
            "Tell us how it went. It takes ten seconds and helps the next driver choose.",
        ),
        button="Read and rate it",
        link=link,
    )


def report_ready(*, name: str, mechanic_name: str, link: str) -> Letter:
    return Letter(
        subject=f"Your diagnostic report from {mechanic_name}",
        greeting=_hello(name),
        paragraphs=(
            f"{mechanic_name} has finished your report: what was found, how pressing it is, and what parts and labour may cost.",
            "It is also there as a PDF that you can hand to a garage.",
        ),
        button="Read the report",
        link=link,
    )


def action_plan_ready(*, name: str, mechanic_name: str, link: str) -> Letter:
    return Letter(
        subject=f"Your action plan from {mechanic_name}",
        greeting=_hello(name),
        paragraphs=(f"{mechanic_name} has written down what to do next, step by step.",),
        button="See the action plan",
        link=link,
    )


def follow_up_asked(*, name: str, customer_name: str, vehicle: str, until: str, link: str) -> Letter:
    """To the mechanic of a Full Diagnostic (M7)."""
    about = f" about the {vehicle}" if vehicle else ""
    return Letter(
        subject=f"{customer_name} has a follow-up question",
        greeting=_hello(name),
        paragraphs=(f"{customer_name} has asked you something{about} after your session.", f"You can both write until {until}."),
        button="Read and answer",
        link=link,
    )


def follow_up_answered(*, name: str, mechanic_name: str, until: str, link: str) -> Letter:
    """To the customer of a Full Diagnostic (M7)."""
    return Letter(
        subject=f"{mechanic_name} has written to you",
        greeting=_hello(name),
        paragraphs=(f"{mechanic_name} has written to you about your Full Diagnostic.", f"You can ask follow-up questions until {until}."),
        button="Read it",
        link=link,
    )


def mechanic_approved(*, name: str, link: str) -> Letter:
    return Letter(
        subject="You can take requests now",
        greeting=_hello(name),
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
        booking_confirmed,
        booked_mechanic,
        booking_reminder,
        booking_moved,
        booking_cancelled,
        booking_called_off,
        booking_given_back,
        slot_lost_refunded,
        extension_receipt,
        extension_refunded,
        invitation,
        session_summary,
        follow_up_asked,
        follow_up_answered,
        report_ready,
        action_plan_ready,
        mechanic_approved,
        contact_message,
    )
}
