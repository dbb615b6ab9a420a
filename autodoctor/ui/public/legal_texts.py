"""Terms, privacy and the waiver, in plain words. A new wording of the waiver needs a new `WAIVER_VERSION` (accounts/customers.py)."""

from __future__ import annotations

from dataclasses import dataclass

from autodoctor.accounts.customers import WAIVER_VERSION
from autodoctor.words import _


@dataclass(frozen=True)
class Part:
    """A heading and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class LegalText:
    """One page. `since` says which wording it is."""

    title: str
    since: str
    lead: str
    parts: tuple[Part, ...]


TERMS = LegalText(
    title=_("Terms"),
    since=_("Version {version}", version="1.0"),
    lead=_("What you and we can expect of each other when you use Auto Doctor."),
    parts=(
        Part(
            _("What Auto Doctor is"),
            (
                _(
                    "Auto Doctor brings drivers and mechanics together for paid conversations about a vehicle. The mechanics work for "
                    "themselves; we run the site, take the payments and stand by with help."
                ),
                _(
                    "A session is advice from afar. It is not a repair, not an inspection with hands and tools, and not a certificate "
                    "of the vehicle's condition."
                ),
            ),
        ),
        Part(
            _("Your account"),
            (
                _(
                    "You must be 18 or older. Give us your own name and an e-mail address that you read, and keep your password to "
                    "yourself. What happens with your account counts as yours until you tell us otherwise."
                ),
            ),
        ),
        Part(
            _("Paying"),
            (
                _(
                    "Each plan has one price, shown before you pay. You pay when you order, through Stripe; we never "
                    "see your card's number. "
                    "There is no subscription."
                ),
                _("You can have one open consultation at a time. If a second one was paid by mistake, we refund it in full by ourselves."),
            ),
        ),
        Part(
            _("When you get your money back"),
            (
                _(
                    "In full, without asking: when no mechanic accepts within two hours, when you cancel before one accepts, and when the "
                    "mechanic who accepted doesn't come."
                ),
                _(
                    "Not by default: when a mechanic waited for you in the room for 30 minutes and you didn't come, "
                    "or when the session was "
                    "held. "
                    "If you think that a session was worth nothing, write to us; we look at every case."
                ),
                _("We start a refund at once. Your bank shows it within 5 to 10 days."),
            ),
        ),
        Part(
            _("How a session goes"),
            (
                _(
                    "The time runs from the moment when you are both in the room, and the server counts it. Either of "
                    "you can end it earlier. "
                    "What was written, sent and noted stays on the session's page for you and your mechanic."
                ),
                _(
                    "Some plans promise video. Where it isn't available on a server, the plan's card says so before you pay, and the "
                    "session is "
                    "held in the chat with photos and videos."
                ),
            ),
        ),
        Part(
            _("Conduct"),
            (
                _(
                    "Be decent. Don't send what is illegal, what isn't yours to send, or what is meant to harm. Don't "
                    "use the site to settle "
                    "business outside it. We may end sessions and close accounts where this is ignored."
                ),
            ),
        ),
        Part(
            _("For mechanics"),
            (
                _(
                    "We review each account before it can take requests, and can suspend it. You keep 80 percent of "
                    "each session's price and "
                    "are responsible for your advice, your qualification and your taxes. Accept only what you can answer, and come when "
                    "you have accepted."
                ),
            ),
        ),
        Part(
            _("What we answer for"),
            (
                _(
                    "We answer without limit for harm that we cause on purpose or by gross negligence, and wherever "
                    "the law says so. Beyond "
                    "that, what we owe is limited to the price of the session concerned. What you do to your vehicle after a session is "
                    "your decision; the waiver says more about that."
                ),
            ),
        ),
        Part(
            _("Changes"),
            (
                _(
                    "When these terms change we say so on this page and, where it matters to you, by mail before it does. A session that "
                    "you have paid for keeps the terms it was bought under."
                ),
            ),
        ),
    ),
)

PRIVACY = LegalText(
    title=_("Privacy"),
    since=_("Version {version}", version="1.0"),
    lead=_("What we know about you, what for, who sees it, and how to have it deleted."),
    parts=(
        Part(
            _("What we keep"),
            (
                _("Your account: name, e-mail address, phone number if you give one, and your password as a hash that can't be read back."),
                _(
                    "Your acceptance of the waiver: its version, the time, your IP address and your browser's name, "
                    "because we must be able to "
                    "prove it."
                ),
                _(
                    "Your consultations: the vehicle and its VIN, the problem in your words, your city, photos, videos and other files, "
                    "the conversation, the mechanic's notes, times, price, rating and review."
                ),
                _("Your logins: when, from which IP address and with which browser, so that you can see and end them."),
            ),
        ),
        Part(
            _("What for"),
            (
                _(
                    "To hold the sessions that you order, to take and return money, to write to you about them, to keep abuse away, and to "
                    "keep "
                    "the books that the law asks of us. We sell nothing of it, show no advertising and track nobody across other sites."
                ),
            ),
        ),
        Part(
            _("Who sees it"),
            (
                _(
                    "Before one accepts, mechanics see your first name, city, vehicle, the problem and its photos. "
                    "The mechanic who accepts "
                    "also "
                    "sees your full name, e-mail address and phone number. Your review appears with your first name. Our own team sees "
                    "what it needs in order to help."
                ),
                _(
                    "Stripe handles payments and holds your card's data. A mail service delivers our mails. When the VIN isn't in our own "
                    "data we "
                    "ask the US road safety agency's public service (NHTSA) about it, and send it nothing but the VIN."
                ),
            ),
        ),
        Part(
            _("Cookies and your browser"),
            (
                _(
                    "We set one cookie, when you log in; it keeps you logged in for 30 days and no script can read "
                    "it. Your browser also keeps "
                    "what you have typed and not yet sent, so that a reload loses nothing. That never leaves it unless you send it."
                ),
                _("If you choose a language, another cookie keeps your choice for a year."),
            ),
        ),
        Part(
            _("How long"),
            (
                _(
                    "Your account, vehicles, descriptions and files as long as your account exists. What was said and written in a "
                    "consultation stays with its mechanic's record, without your name. Records of payments as long as tax law asks. "
                    "Login records until they run out."
                ),
            ),
        ),
        Part(
            _("Your rights"),
            (
                _(
                    "You can see and correct your profile at any time. There you can also download everything we keep about you, and "
                    "delete your account at once; if you can't log in, write to us, and we do it within 30 days. Payment records then "
                    "stay without your name. You can also complain to the data protection authority where you live."
                ),
            ),
        ),
    ),
)

WAIVER = LegalText(
    title=_("Waiver"),
    since=_("Version {version}", version=WAIVER_VERSION),
    lead=_("Please read this before you create an account. By accepting it you confirm each point."),
    parts=(
        Part(
            _("Advice from afar has limits"),
            (
                _(
                    "The mechanic can't touch, lift, drive or open my vehicle. They judge by what I write, show and measure, and can be "
                    "wrong, most "
                    "of all where I leave something out or describe it wrongly. A session doesn't replace an inspection by a workshop."
                ),
            ),
        ),
        Part(
            _("What I do is my decision"),
            (
                _(
                    "I decide myself whether I drive the vehicle, work on it, or have work done. I only do what I am able and equipped to "
                    "do. I "
                    "keep to the vehicle's manual, to safety rules and to the law, and stop when I am unsure."
                ),
            ),
        ),
        Part(
            _("Safety comes first"),
            (
                _(
                    "I don't take part in a session while I drive. I park safely, with the parking brake set, and don't reach into a "
                    "running engine, "
                    "under a car that only a jack holds, into high-voltage systems or near fuel and flames because of something said in a "
                    "session."
                ),
                _(
                    "Auto Doctor is no emergency service. When there is smoke, fire, leaking fuel, an accident or no brakes, I call the "
                    "emergency "
                    "number or roadside help."
                ),
            ),
        ),
        Part(
            _("No claims for what advice from afar can't know"),
            (
                _(
                    "As far as the law allows, I make no claims against Auto Doctor or the mechanic for damage, "
                    "injury or cost that comes from "
                    "acting, or not acting, on what was said in a session. This doesn't cover intent, gross "
                    "negligence, or rights that the law "
                    "doesn't let me give up."
                ),
            ),
        ),
        Part(
            _("Who I am"),
            (
                _(
                    "I am 18 or older, and the vehicle is mine or its owner agrees. We keep a record of this acceptance with its version, "
                    "the time, "
                    "my IP address and my browser."
                ),
            ),
        ),
    ),
)
