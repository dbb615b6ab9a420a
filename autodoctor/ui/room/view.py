"""What the room draws, and the words for it: small flat records, made from what the capabilities answer. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from autodoctor.chat import notice_words
from autodoctor.chat.models import MessageKind
from autodoctor.chat.queries import MessageView
from autodoctor.files.links import FileLink
from autodoctor.files.rules import size_words
from autodoctor.intake.queries import IntakeView
from autodoctor.plans.catalog import Plan, SessionType, find_plan
from autodoctor.reports.rules import is_plan_due
from autodoctor.sessions.guests import GuestView
from autodoctor.sessions.models import ParticipantRole
from autodoctor.sessions.queries import SessionView
from autodoctor.sessions.rules import SessionStatus
from autodoctor.ui.amounts import money
from autodoctor.ui.plan_names import plan_name
from autodoctor.ui.room.papers_view import Papers, PlanLine
from autodoctor.vehicles import code_book
from autodoctor.vehicles.rules import name_of
from autodoctor.vehicles.trouble_codes import Explanation
from autodoctor.video.recording import RecordingView
from autodoctor.video.rules import minutes_words
from autodoctor.words import N_, _, _n

ROOMS = frozenset(kind.value for kind in SessionType)
SOMEBODY = N_("Somebody who was here")
"""Who wrote a message and has no name here any more."""

HOME = {ParticipantRole.customer: "/customer/dashboard", ParticipantRole.mechanic: "/mechanic/dashboard", ParticipantRole.guest: "/"}
IN_THE_ROOM = frozenset({SessionStatus.waiting, SessionStatus.live})
OVER = frozenset({SessionStatus.completed, SessionStatus.cancelled})

MECHANICS = "/mechanics/"
"""Before the id of a mechanic: their page for everybody."""


@dataclass(frozen=True)
class FileLine:
    """A file as it is drawn. `kind` is `image`, `video`, `pdf` or `file`; `thumb_url` is empty where there is no picture of it."""

    name: str
    url: str
    thumb_url: str
    kind: str
    size: str


NO_PLAN = PlanLine()


@dataclass(frozen=True)
class MessageLine:
    """One message. `at` is ISO 8601 in UTC, `previous_at` that of the message before it ("" for the first)."""

    id: str
    seq: int
    mine: bool
    author: str
    text: str
    at: str
    previous_at: str
    is_notice: bool = False
    files: list[FileLine] = field(default_factory=list)
    codes: list[Explanation] = field(default_factory=list)
    plan: PlanLine = NO_PLAN


@dataclass(frozen=True)
class Fact:
    """One line of a list of facts."""

    name: str
    value: str


@dataclass(frozen=True)
class CaseView:
    """What the conversation is about: the vehicle, the problem in the customer's words with its trouble codes, and the files."""

    title: str = ""
    facts: list[Fact] = field(default_factory=list)
    concern: str = ""
    details: str = ""
    codes: list[Explanation] = field(default_factory=list)
    files: list[FileLine] = field(default_factory=list)


@dataclass(frozen=True)
class RoomHead:
    """The top bar and what of it changes. `status` is the session's; `remaining_ms` is -1 before it is live and while its clock stands.

    `standing_left` says how much is left while it stands still because the mechanic is away; then the customer is asked what to do,
    and `is_waited` once they have said that they wait. `extend_price` is what more minutes cost, "" where none are sold;
    `guests` says who else is there by an invitation.
    """

    status: str = ""
    plan_name: str = ""
    has_video: bool = False
    has_picture: bool = False
    is_recorded: bool = False
    is_mechanic: bool = False
    other_name: str = ""
    other_here: bool = False
    other_came: bool = False
    remaining_ms: int = -1
    ends_at: str = ""
    standing_left: str = ""
    asks_customer: bool = False
    is_waited: bool = False
    extend_price: str = ""
    is_guest: bool = False
    guests: str = ""


@dataclass(frozen=True)
class RecordingLine:
    """A recording to look at again: where it is, and how long it plays."""

    path: str
    words: str


@dataclass(frozen=True)
class Summary:
    """A session looked back at. Times are ISO 8601 in UTC; `rating` is 0 while there is none.

    The customer sees `cost` and `refund`, the mechanic `share`; what isn't for this side, or isn't so, is "".
    `follow_up_until` is set while questions may be asked. `other_path` leads to what everybody may read of the mechanic.
    """

    session_id: str = ""
    status: str = ""
    is_mechanic: bool = False
    other_name: str = ""
    other_path: str = ""
    vehicle: str = ""
    plan_name: str = ""
    booked_at: str = ""
    ended_at: str = ""
    took: str = ""
    without_video: str = ""
    cost: str = ""
    refund: str = ""
    refund_words: list[str] = field(default_factory=list)
    money_is_stuck: bool = False
    tipped: str = ""
    share: str = ""
    rating: int = 0
    review: str = ""
    follow_up_until: str = ""
    rebook_path: str = ""
    session_path: str = ""
    transcript_path: str = ""
    receipt_path: str = ""
    room_path: str = ""
    recordings: list[RecordingLine] = field(default_factory=list)


def iso(moment: datetime | None) -> str:
    """A moment as the browser takes it; "" for none."""
    return moment.isoformat() if moment else ""


def head_of(
    session: SessionView,
    role: ParticipantRole,
    now: datetime,
    guests: Sequence[GuestView] = (),
    *,
    has_picture: bool = False,
    is_recorded: bool = False,
) -> RoomHead:
    """The top bar as one side sees it. The time left is measured by the server's clock alone (M4).

    `has_picture` says whether this installation has video for the plans that promise it, `is_recorded` whether it records them.
    """
    plan = find_plan(session.plan)
    is_mechanic = role is ParticipantRole.mechanic
    mechanic_here = session.mechanic_here(now) and not is_standing(session)
    return RoomHead(
        status=session.status,
        plan_name=plan_name(session.plan),
        has_video=bool(plan and plan.has_video),
        has_picture=bool(plan and plan.has_video) and has_picture,
        is_recorded=bool(plan and plan.has_video) and has_picture and is_recorded,
        is_mechanic=is_mechanic,
        other_name=other_name(session, role),
        other_here=session.customer_here(now) if is_mechanic else mechanic_here,
        other_came=bool(session.customer_joined_at if is_mechanic else session.mechanic_joined_at),
        remaining_ms=remaining_ms(session, now),
        ends_at=iso(session.ends_at),
        standing_left=standing_left(session),
        asks_customer=is_standing(session) and role is ParticipantRole.customer,
        is_waited=session.waits_for_mechanic,
        extend_price=_extend_price(session, plan, role),
        is_guest=role is ParticipantRole.guest,
        guests=", ".join(_("{name} (invited)", name=each.name) for each in guests if each.name and each.is_here(now)),
    )


def _extend_price(session: SessionView, plan: Plan | None, role: ParticipantRole) -> str:
    """More minutes are sold to the customer while the clock runs (M4)."""
    is_sold = session.status is SessionStatus.live and not is_standing(session) and role is ParticipantRole.customer
    return money(plan.extension_cents) if plan and is_sold else ""


def is_standing(session: SessionView) -> bool:
    """Whether the clock of a live session stands still (L3)."""
    return session.status is SessionStatus.live and session.mechanic_away_since is not None


def standing_left(session: SessionView) -> str:
    """What is left on a clock that stands still, as it would show it; "" on any other."""
    if not is_standing(session) or session.remaining_seconds is None:
        return ""
    return clock_words(session.remaining_seconds)


def clock_words(seconds: int) -> str:
    """What a running clock shows at this moment (`clockWords` of countdown.jsx): 59:59, from an hour on 1:00:00."""
    hours, rest = divmod(seconds, 3600)
    minutes = f"{rest // 60:02d}:{rest % 60:02d}"
    return f"{hours}:{minutes}" if hours else minutes


def other_name(session: SessionView, role: ParticipantRole) -> str:
    """Whom this side talks to; a guest talks to both."""
    if role is ParticipantRole.guest:
        return _(
            "{customer} and {mechanic}",
            customer=session.customer_name or _("The customer"),
            mechanic=session.mechanic_name or _("the mechanic"),
        )
    if role is ParticipantRole.mechanic:
        return session.customer_name or _("Your customer")
    return session.mechanic_name or _("Your mechanic")


def remaining_ms(session: SessionView, now: datetime) -> int:
    """What is left of a live session; -1 before it has begun, when it is over, and while its clock stands still."""
    if session.status is not SessionStatus.live or session.ends_at is None or is_standing(session):
        return -1
    return max(0, round((session.ends_at - now).total_seconds() * 1000))


def way_out(status: SessionStatus, role: ParticipantRole, session_id: uuid.UUID) -> str:
    """Where somebody belongs who opens the room of a session in this status; "" when they belong here."""
    if status in IN_THE_ROOM or role is ParticipantRole.guest:
        return ""
    return f"/session/complete?sessionId={session_id}" if status in OVER else HOME[role]


def file_line(link: FileLink) -> FileLine:
    """A stored file, to be drawn."""
    return FileLine(link.name, link.url, link.thumb_url or "", kind_of(link.type), size_words(link.size))


def names_of(session: SessionView) -> dict[uuid.UUID, str]:
    """Who is who in a conversation, by their ids."""
    sides = (
        (session.customer_id, other_name(session, ParticipantRole.mechanic)),
        (session.mechanic_id, other_name(session, ParticipantRole.customer)),
    )
    return {user_id: name for user_id, name in sides if user_id}


def message_lines(
    messages: Iterable[MessageView],
    *,
    me: uuid.UUID,
    names: Mapping[uuid.UUID, str],
    plans: Mapping[str, PlanLine] | None = None,
    previous_at: str = "",
) -> list[MessageLine]:
    """Messages in their order, each with its author's name, and knowing when the one before it was written."""
    lines: list[MessageLine] = []
    for message in messages:
        at = iso(message.created_at)
        line = MessageLine(
            id=str(message.id),
            seq=message.seq,
            mine=message.sender_id == me,
            author=names.get(message.sender_id) or _(SOMEBODY),
            text=notice_words.in_words(message.content) if message.kind is MessageKind.notice else message.content,
            at=at,
            previous_at=previous_at,
            is_notice=message.kind is MessageKind.notice,
            files=[file_line(link) for link in message.files],
            codes=code_book.explained(message.content),
            plan=(plans or {}).get(message.client_id, NO_PLAN) if message.kind is MessageKind.notice else NO_PLAN,
        )
        lines.append(line)
        previous_at = at
    return lines


def reminds_of_plan(head: RoomHead, papers: Papers) -> bool:
    """Whether the mechanic is told that the action plan which was promised hasn't been sent, while there is time for it (M6)."""
    is_owed = head.is_mechanic and papers.is_promised and not papers.steps
    return is_owed and head.remaining_ms >= 0 and is_plan_due(timedelta(milliseconds=head.remaining_ms))


def read_mark(lines: Sequence[MessageLine], read_seq: int) -> int:
    """The number of this side's last message that the other side has read; 0 for none."""
    return max((line.seq for line in lines if line.mine and line.seq <= read_seq), default=0)


def case_of(session: SessionView, intake: IntakeView | None, files: Sequence[FileLink], role: ParticipantRole) -> CaseView:
    """Vehicle, problem and files; the mechanic sees the customer's contact details too: this is after accepting (L5)."""
    return CaseView(
        title=(name_of(vars(intake)) if intake else "") or vehicle_of(session) or _("Vehicle not described yet"),
        facts=_vehicle_facts(intake) + (_contact_facts(intake) if role is ParticipantRole.mechanic else []) if intake else [],
        concern=(intake.concern if intake else None) or "",
        details=(intake.details if intake else None) or "",
        codes=code_book.explained(intake.concern, intake.details) if intake else [],
        files=[file_line(link) for link in [*(intake.files if intake else []), *files]],
    )


def summary_of(
    session: SessionView,
    role: ParticipantRole,
    refund_cents: int = 0,
    *,
    missing_video_s: int = 0,
    recordings: Sequence[RecordingView] = (),
    share_cents: int | None = None,
) -> Summary:
    """A session as one side looks back at it; `missing_video_s` says how long its video was missing, `share_cents` what its mechanic has
    earned, None as long as that isn't so."""
    is_mechanic = role is ParticipantRole.mechanic
    return Summary(
        session_id=str(session.id),
        status=session.status,
        is_mechanic=is_mechanic,
        other_name=other_name(session, role),
        other_path="" if is_mechanic else mechanic_path(session),
        vehicle=vehicle_of(session) or _("Not described"),
        plan_name=plan_name(session.plan),
        booked_at=iso(session.created_at),
        ended_at=iso(session.ended_at),
        took=length_words(session.duration_minutes),
        without_video=minutes_words(missing_video_s),
        recordings=[RecordingLine(each.url, _("Recording, {length}", length=minutes_words(max(1, each.seconds)))) for each in recordings],
        cost="" if is_mechanic else money(session.paid_cents),
        refund=money(refund_cents) if refund_cents and not is_mechanic else "",
        share=money(share_cents) if is_mechanic and share_cents is not None else "",
        rating=session.rating or 0,
        review=session.review or "",
        rebook_path=f"/api/checkout?plan={session.plan}",
        session_path=f"/{role.value}/sessions/{session.id}",
        transcript_path=f"/api/sessions/{session.id}/transcript?format=pdf",
        receipt_path=f"/api/sessions/{session.id}/receipt.pdf",
        room_path=room_path(session),
    )


def mechanic_path(session: SessionView) -> str:
    """Where everybody may read of its mechanic; "" where that is nowhere."""
    return f"{MECHANICS}{session.mechanic_id}" if session.has_mechanic_page else ""


def room_path(session: SessionView) -> str:
    """Where the two sides meet."""
    return f"/{session.type}/{session.id}"


def vehicle_of(session: SessionView) -> str:
    """`2003 Honda Accord`, as far as the session knows it."""
    return name_of(session.vehicle_info)


def _vehicle_facts(intake: IntakeView) -> list[Fact]:
    return _facts((_("VIN"), intake.vin), (_("Odometer"), intake.odometer), (_("Plate"), intake.plate))


def _contact_facts(intake: IntakeView) -> list[Fact]:
    return _facts((_("Name"), intake.name), (_("City"), intake.city), (_("Phone"), intake.phone), (_("Email"), intake.email))


def _facts(*pairs: tuple[str, str | None]) -> list[Fact]:
    return [Fact(name, value) for name, value in pairs if value]


def length_words(minutes: int | None) -> str:
    """How long a session took."""
    if minutes is None:
        return "–"
    return _n("{n} minute", "{n} minutes", minutes)


def kind_of(media_type: str) -> str:
    """How a file of this type is drawn."""
    kind = media_type.partition("/")[0]
    if kind in {"image", "video"}:
        return kind
    return "pdf" if media_type == "application/pdf" else "file"
