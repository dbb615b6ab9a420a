"""What we write about a session itself: more time, guests, papers, follow-up questions (M4, M6–M8). Values as in `templates`."""

from __future__ import annotations

from autodoctor.notifications.frame import Letter
from autodoctor.notifications.wording import as_pdf, breakdown, goes_back, hello, money, on_its_way


def extension_receipt(
    *, name: str, minutes: int, amount_cents: int, receipt_link: str, link: str, discount_cents: int = 0, tax_cents: int = 0
) -> Letter:
    return Letter(
        subject=f"Your receipt: {minutes} more minutes, {money(amount_cents)}",
        greeting=hello(name),
        paragraphs=(
            f"You paid {money(amount_cents)}, and {minutes} minutes were added to your session.",
            *breakdown(amount_cents, discount_cents=discount_cents, tax_cents=tax_cents),
            as_pdf(receipt_link),
        ),
        button="See my session",
        link=link,
    )


def extension_refunded(*, name: str, minutes: int, amount_cents: int, link: str) -> Letter:
    return Letter(
        subject=on_its_way("Your session was over", amount_cents),
        greeting=hello(name),
        paragraphs=(
            f"You paid for {minutes} more minutes, and your session was over when the payment came.",
            goes_back(amount_cents),
        ),
        button="See my session",
        link=link,
    )


def invitation(*, who: str, link: str) -> Letter:
    """To somebody who has no account: a helper, a co-owner (M8)."""
    return Letter(
        subject=f"{who} asks you into a consultation with a mechanic",
        greeting=hello(""),
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
        greeting=hello(name),
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
        greeting=hello(name),
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
        greeting=hello(name),
        paragraphs=(f"{mechanic_name} has written down what to do next, step by step.",),
        button="See the action plan",
        link=link,
    )


def follow_up_asked(*, name: str, customer_name: str, vehicle: str, until: str, link: str) -> Letter:
    """To the mechanic of a Full Diagnostic (M7)."""
    about = f" about the {vehicle}" if vehicle else ""
    return Letter(
        subject=f"{customer_name} has a follow-up question",
        greeting=hello(name),
        paragraphs=(f"{customer_name} has asked you something{about} after your session.", f"You can both write until {until}."),
        button="Read and answer",
        link=link,
    )


def follow_up_answered(*, name: str, mechanic_name: str, until: str, link: str) -> Letter:
    """To the customer of a Full Diagnostic (M7)."""
    return Letter(
        subject=f"{mechanic_name} has written to you",
        greeting=hello(name),
        paragraphs=(f"{mechanic_name} has written to you about your Full Diagnostic.", f"You can ask follow-up questions until {until}."),
        button="Read it",
        link=link,
    )
