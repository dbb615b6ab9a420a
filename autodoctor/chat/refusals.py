"""Why a message isn't taken, in the user's words."""

from __future__ import annotations

from autodoctor.core.errors import InvalidTransition
from autodoctor.words import N_


class ChatNotOpenYet(InvalidTransition):
    default_detail = N_("The chat opens as soon as a mechanic has accepted.")


class FollowUpOver(InvalidTransition):
    default_detail = N_("The days for follow-up questions are over. Messages can no longer be sent.")


class ChatOver(InvalidTransition):
    default_detail = N_("This session is over. Messages can no longer be sent.")
