"""Why a message isn't taken, in the user's words."""

from __future__ import annotations

from autodoctor.core.errors import InvalidTransition


class ChatNotOpenYet(InvalidTransition):
    default_detail = "The chat opens as soon as a mechanic has accepted."


class FollowUpOver(InvalidTransition):
    default_detail = "The days for follow-up questions are over. Messages can no longer be sent."


class ChatOver(InvalidTransition):
    default_detail = "This session is over. Messages can no longer be sent."
