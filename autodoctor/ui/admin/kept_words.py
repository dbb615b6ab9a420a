"""What is kept in English, or as a code, and said in the reader's language when it is shown: why something happened, Stripe's codes."""

from __future__ import annotations

import re

from autodoctor.words import N_, _

_KEPT = frozenset(
    (
        # statuses, of a session (or its video) and of a request
        N_("session"),
        N_("request"),
        N_("video"),
        N_("scheduled"),
        N_("pending"),
        N_("unattended"),
        N_("accepted"),
        N_("waiting"),
        N_("live"),
        N_("completed"),
        N_("cancelled"),
        N_("expired"),
        # why they changed
        N_("paid"),
        N_("both are in the room"),
        N_("ended in the room"),
        N_("the time was up"),
        N_("ended by an administrator"),
        N_("both had left the room"),
        N_("somebody was invited"),
        N_("an invitation was taken back"),
        N_("the mechanic has left the room"),
        N_("the mechanic is back"),
        N_("the customer waits for the mechanic"),
        N_("its time has come"),
        N_("request and session had come apart"),
        N_("assigned by an administrator"),
        N_("the mechanic was suspended"),
        N_("nobody accepted in time"),
        N_("its session was over"),
        N_("the mechanic had left, the customer asked for another"),
        N_("let go"),
        N_("called off before its time"),
        N_("cancelled while waiting"),
        N_("cancelled after a mechanic had accepted"),
        N_("the customer did not come"),
        N_("the mechanic did not come"),
        N_("the mechanic left and did not come back"),
        N_("it had lost its way"),
        N_("cancelled by an administrator"),
        N_("another consultation was open"),
        N_("the booked time was gone"),
        N_("an administrator looked in"),
        N_("has no video"),
        N_("has video again"),
        N_("the video room opened"),
        N_("the video room closed"),
        N_("came into the video"),
        N_("left the video"),
        # why money went back
        N_("made at Stripe"),
        N_("the session was over when it was paid"),
        N_("the session had lost its request"),
        N_("the booking was called off"),
        N_("there was nobody to thank"),
        # what a mechanic's share waits for
        N_("The mechanic has no account any more that is connected with ours"),
        N_("The mechanic's account at Stripe has too little money to take this back"),
        N_("There is too little money in our balance at Stripe"),
        N_("A part was taken back at Stripe"),
        N_("Stripe refuses it"),
        # Stripe's codes: of a refund that failed, of a dispute
        N_("unknown"),
        N_("declined"),
        N_("expired or canceled card"),
        N_("insufficient funds"),
        N_("lost or stolen card"),
        N_("merchant request"),
        N_("charge for pending refund disputed"),
        N_("bank cannot process"),
        N_("check returned"),
        N_("credit not processed"),
        N_("customer initiated"),
        N_("debit not authorized"),
        N_("duplicate"),
        N_("fraudulent"),
        N_("general"),
        N_("incorrect account details"),
        N_("product not received"),
        N_("product unacceptable"),
        N_("subscription canceled"),
        N_("unrecognized"),
        # what our books and Stripe's are compared by
        N_("charge"),
        N_("refund"),
        N_("transfer"),
        N_("reversal"),
        N_("dispute"),
        N_("balance"),
        # what is delivered
        N_("mail"),
        N_("show out"),
        N_("close room"),
        N_("start recording"),
        N_("expire checkout"),
        # what an intake or a mechanic became
        N_("senior"),
        N_("junior"),
    )
)
_WITH_VALUES = (
    N_("{name} (invited) joined"),
    N_("{name} (invited) was removed"),
    N_("{minutes} minutes were bought"),
    N_("request {reason}"),
    N_("a guest {what}"),
    N_("an observer {what}"),
)


def kept(text: str) -> str:
    """What is kept, in the language spoken now; what isn't known here as it is."""
    if text in _KEPT:
        return _(text)
    for message in _WITH_VALUES:
        if values := _values_in(text, message):
            return _(message, **{name: _(value) if value in _KEPT else value for name, value in values.items()})
    return text


def code_words(code: str) -> str:
    """A code in words: `in_dispute` → `in dispute`."""
    return kept(code.replace("_", " "))


def delivery(kind: str) -> str:
    """What the outbox delivers, at the beginning of a sentence."""
    return code_words(kind).capitalize()


def _values_in(text: str, message: str) -> dict[str, str]:
    found = re.fullmatch(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(message)), text)
    return found.groupdict() if found else {}
