"""The three plans: names, prices, lengths and promises, in this one place (PRODUCT section 2, source appendix A)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from autodoctor.words import N_


class PlanCode(StrEnum):
    chat10 = "chat10"
    video15 = "video15"
    diagnostic = "diagnostic"


class SessionType(StrEnum):
    chat = "chat"
    video = "video"
    diagnostic = "diagnostic"


CURRENCY = "usd"
EXTENSION_MINUTES = 10


@dataclass(frozen=True)
class Plan:
    """A plan on sale. Its words are marked, and said where they are shown. Money in US cents, lengths in minutes. For `follow_up_days`
    after its end questions may still be asked (M7)."""

    code: PlanCode
    name: str
    type: SessionType
    price_cents: int
    minutes: int
    extension_cents: int
    senior_only: bool
    follow_up_days: int
    summary: str
    promises: tuple[str, ...]
    good_for: tuple[str, ...]

    @property
    def has_video(self) -> bool:
        return self.type is not SessionType.chat

    @property
    def room(self) -> str:
        """First part of the room's path: `/chat/[id]`, `/video/[id]`, `/diagnostic/[id]`."""
        return self.type.value

    @property
    def price_setting(self) -> str:
        """Name of the setting that holds the plan's Stripe price id, when there is one."""
        return f"stripe_price_{self.code.value}"


PLANS: dict[PlanCode, Plan] = {
    PlanCode.chat10: Plan(
        code=PlanCode.chat10,
        name=N_("Quick Chat"),
        type=SessionType.chat,
        price_cents=999,
        minutes=30,
        extension_cents=399,
        senior_only=False,
        follow_up_days=0,
        summary=N_("A mechanic answers in writing, right now."),
        promises=(N_("30 minutes of private chat"), N_("Send photos, videos and scan data"), N_("An action plan before the chat ends")),
        good_for=(
            N_("Is this noise normal"),
            N_("A second opinion on a quote"),
            N_("Simple troubleshooting"),
            N_("Finding out whether you need more"),
        ),
    ),
    PlanCode.video15: Plan(
        code=PlanCode.video15,
        name=N_("Standard Video"),
        type=SessionType.video,
        price_cents=2999,
        minutes=45,
        extension_cents=799,
        senior_only=False,
        follow_up_days=0,
        summary=N_("Show the problem and be guided through it."),
        promises=(N_("45 minutes of HD video"), N_("Screen sharing and guided inspection"), N_("Chat beside the picture")),
        good_for=(
            N_("Showing a leak or a noise"),
            N_("Step-by-step help with a repair"),
            N_("Harder troubleshooting"),
            N_("Looking at a car before you buy it"),
        ),
    ),
    PlanCode.diagnostic: Plan(
        code=PlanCode.diagnostic,
        name=N_("Full Diagnostic"),
        type=SessionType.diagnostic,
        price_cents=4999,
        minutes=60,
        extension_cents=999,
        senior_only=True,
        follow_up_days=7,
        summary=N_("A senior mechanic goes through the whole car with you."),
        promises=(
            N_("60 minutes with a senior mechanic"),
            N_("A written report with priorities and costs"),
            N_("Follow-up questions for 7 days"),
        ),
        good_for=(N_("Several symptoms at once"), N_("Electrical trouble"), N_("Loss of power"), N_("Planning an expensive repair")),
    ),
}


def find_plan(code: object) -> Plan | None:
    """The plan with this code, or None when there is none."""
    try:
        return PLANS[PlanCode(str(code))]
    except ValueError:
        return None
