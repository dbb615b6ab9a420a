"""What we write about sessions that are booked for their time (L8). Values as in `templates`."""

from __future__ import annotations

from autodoctor.notifications.frame import Letter
from autodoctor.notifications.wording import as_pdf, breakdown, goes_back, hello, money, on_its_way


def booking_confirmed(
    *,
    name: str,
    plan_name: str,
    mechanic_name: str,
    when: str,
    amount_cents: int,
    currency: str,
    receipt_link: str,
    link: str,
    discount_cents: int = 0,
    tax_cents: int = 0,
) -> Letter:
    """The receipt of a session that is booked for its time."""
    return Letter(
        subject=f"Booked: {plan_name} on {when}",
        greeting=hello(name),
        paragraphs=(
            f"You paid {money(amount_cents, currency)} for {plan_name} with {mechanic_name} on {when}.",
            *breakdown(amount_cents, discount_cents=discount_cents, tax_cents=tax_cents, currency=currency),
            "Add it to your calendar: it shows the time where you are. We remind you a day and a quarter of an hour before.",
            "You can move it until an hour before, and cancel it until it starts. Then you get the full amount back.",
            as_pdf(receipt_link),
        ),
        button="Add it to my calendar",
        link=link,
    )


def booked_mechanic(*, name: str, plan_name: str, when: str, link: str) -> Letter:
    return Letter(
        subject=f"Booked with you: {plan_name} on {when}",
        greeting=hello(name),
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
        greeting=hello(name),
        paragraphs=(f"Your {plan_name} is on {when}. Open your dashboard then: it leads you to the room.",),
        button="Open my dashboard",
        link=link,
    )


def booking_moved(*, name: str, plan_name: str, when: str, was_at: str, link: str) -> Letter:
    return Letter(
        subject=f"Moved: your {plan_name} is now on {when}",
        greeting=hello(name),
        paragraphs=(f"Your {plan_name} was on {was_at}. It is now on {when}.", "The calendar file below takes the place of the old one."),
        button="Update my calendar",
        link=link,
    )


def booking_cancelled(*, name: str, plan_name: str, when: str, amount_cents: int, link: str) -> Letter:
    return Letter(
        subject=on_its_way("Cancelled", amount_cents),
        greeting=hello(name),
        paragraphs=(f"You cancelled your {plan_name} on {when}.", goes_back(amount_cents)),
        button="See my sessions",
        link=link,
    )


def booking_called_off(*, name: str, plan_name: str, when: str, link: str) -> Letter:
    """To the mechanic, whose time is free again."""
    return Letter(
        subject=f"Called off: {plan_name} on {when}",
        greeting=hello(name),
        paragraphs=(f"Your customer has called off the {plan_name} on {when}, or moved it to somebody else. Your time is free again.",),
        button="Open my dashboard",
        link=link,
    )


def booking_given_back(*, name: str, plan_name: str, mechanic_name: str, when: str, link: str) -> Letter:
    return Letter(
        subject=f"Another mechanic will take your {plan_name}",
        greeting=hello(name),
        paragraphs=(
            f"{mechanic_name} can't come to your {plan_name} on {when}. Your booking stands: at its time all our mechanics are asked.",
            "If you would rather choose somebody yourself, move it until an hour before. You can also cancel it and get everything back.",
        ),
        button="See my sessions",
        link=link,
    )


def slot_lost_refunded(*, name: str, plan_name: str, amount_cents: int, link: str) -> Letter:
    return Letter(
        subject=on_its_way("Your time was gone", amount_cents),
        greeting=hello(name),
        paragraphs=(
            f"Your payment for {plan_name} came when the time you had chosen could no longer be kept for you. We are sorry.",
            goes_back(amount_cents),
        ),
        button="Choose another time",
        link=link,
    )
