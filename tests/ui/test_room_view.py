"""What the room draws, made from what the capabilities answer."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from autodoctor.chat.queries import MessageView
from autodoctor.files.links import FileLink
from autodoctor.intake.queries import IntakeView
from autodoctor.sessions.models import ParticipantRole
from autodoctor.sessions.queries import SessionView
from autodoctor.sessions.rules import SessionStatus
from autodoctor.ui.room import view
from autodoctor.ui.room.state import room_in

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ME, OTHER, SESSION = (uuid.UUID(int=number) for number in (1, 2, 3))  # the same in every process: they name tests
CUSTOMER, MECHANIC = ParticipantRole.customer, ParticipantRole.mechanic


def a_session(status: SessionStatus = SessionStatus.live, **values: object) -> SessionView:
    blank = dict.fromkeys(SessionView.__dataclass_fields__)
    told = {
        "id": SESSION,
        "created_at": NOW,
        "plan": "chat10",
        "type": "chat",
        "status": status,
        "customer_name": "Robin Sample",
        "mechanic_name": "Sam Wrench",
        "price_cents": 999,
        "extended_cents": 0,
        "vehicle_info": {"year": "2003", "make": "Honda", "model": "Accord"},
        "ends_at": NOW + timedelta(minutes=30),
    }
    return SessionView(**{**blank, **told, **values})  # type: ignore[arg-type]


def a_message(seq: int, sender: uuid.UUID = OTHER, files: tuple[FileLink, ...] = ()) -> MessageView:
    at = NOW + timedelta(seconds=seq)
    return MessageView(uuid.uuid4(), SESSION, sender, seq, f"c-{seq}", f"message {seq}", at, list(files))


def test_each_side_sees_the_other_ones_name_and_presence() -> None:
    session = a_session(customer_joined_at=NOW, customer_seen_at=NOW, mechanic_joined_at=None)
    mine, theirs = view.head_of(session, CUSTOMER, NOW), view.head_of(session, MECHANIC, NOW)
    assert (mine.other_name, mine.other_here, mine.other_came) == ("Sam Wrench", False, False)
    assert (theirs.other_name, theirs.other_here, theirs.other_came) == ("Robin Sample", True, True)


@pytest.mark.parametrize(
    ("status", "later_s", "expected"),
    [
        (SessionStatus.live, 0, 1_800_000),
        (SessionStatus.live, 1799.5, 500),
        (SessionStatus.live, 1801, 0),
        (SessionStatus.waiting, 0, -1),
        (SessionStatus.completed, 0, -1),
    ],
)
def test_the_time_left_is_measured_by_the_servers_clock(status: SessionStatus, later_s: float, expected: int) -> None:
    assert view.remaining_ms(a_session(status), NOW + timedelta(seconds=later_s)) == expected


@pytest.mark.parametrize(
    ("status", "role", "expected"),
    [
        (SessionStatus.waiting, CUSTOMER, ""),
        (SessionStatus.live, MECHANIC, ""),
        (SessionStatus.pending, CUSTOMER, "/customer/dashboard"),
        (SessionStatus.scheduled, MECHANIC, "/mechanic/dashboard"),
        (SessionStatus.completed, CUSTOMER, f"/session/complete?sessionId={SESSION}"),
        (SessionStatus.cancelled, MECHANIC, f"/session/complete?sessionId={SESSION}"),
    ],
)
def test_a_room_that_isnt_open_leads_on(status: SessionStatus, role: ParticipantRole, expected: str) -> None:
    assert view.way_out(status, role, SESSION) == expected


@pytest.mark.parametrize(("seconds", "shown"), [(0, "00:00"), (61, "01:01"), (3599, "59:59"), (3600, "1:00:00"), (5400, "1:30:00")])
def test_a_clock_that_stands_still_shows_what_a_running_one_would(seconds: int, shown: str) -> None:
    assert view.clock_words(seconds) == shown


def test_messages_know_whose_they_are_and_what_came_before() -> None:
    lines = view.message_lines([a_message(1, ME), a_message(2)], me=ME, names={ME: "Robin", OTHER: "Sam"}, previous_at="before")
    assert [(line.mine, line.author, line.previous_at) for line in lines] == [
        (True, "Robin", "before"),
        (False, "Sam", lines[0].at),
    ]


def test_who_wrote_is_named_and_who_has_no_name_is_somebody() -> None:
    names = view.names_of(a_session(SessionStatus.live))
    lines = view.message_lines([a_message(1, ME), a_message(2), a_message(3, uuid.uuid4())], me=ME, names=names)
    assert lines[2].author == view.SOMEBODY


def test_the_read_mark_stands_at_the_last_own_message_that_was_read() -> None:
    lines = view.message_lines([a_message(1, ME), a_message(2), a_message(3, ME), a_message(4)], me=ME, names={})
    assert [view.read_mark(lines, seq) for seq in (0, 1, 2, 3, 9)] == [0, 1, 1, 3, 3]


@pytest.mark.parametrize(
    ("media_type", "kind"), [("image/webp", "image"), ("application/pdf", "pdf"), ("video/mp4", "video"), ("text/csv", "file")]
)
def test_files_are_drawn_by_their_type(media_type: str, kind: str) -> None:
    assert view.file_line(FileLink("p", "n", media_type, 2048, "/u", None)).kind == kind


@pytest.mark.parametrize(("size", "words"), [(1, "1 KB"), (2048, "2 KB"), (5 * 1024 * 1024, "5.0 MB")])
def test_sizes_in_words(size: int, words: str) -> None:
    assert view.size_words(size) == words


@pytest.mark.parametrize(("missing_s", "words"), [(0, ""), (45, "45 seconds"), (100, "2 minutes")])
def test_how_long_video_was_missing_is_said_in_words(missing_s: int, words: str) -> None:
    assert view.summary_of(a_session(SessionStatus.completed), CUSTOMER, missing_video_s=missing_s).without_video == words


def test_the_customer_sees_the_price_and_the_mechanic_the_share() -> None:
    session = a_session(SessionStatus.completed, duration_minutes=1, rating=4, review="Good.")
    mine, theirs = (view.summary_of(session, side, 300, share_cents=800) for side in (CUSTOMER, MECHANIC))
    assert (mine.cost, mine.refund, mine.share, mine.took) == ("$9.99", "$3.00", "", "1 minute")
    assert (theirs.cost, theirs.refund, theirs.share) == ("", "", "$8.00")
    assert (mine.session_path, theirs.session_path) == (f"/customer/sessions/{SESSION}", f"/mechanic/sessions/{SESSION}")


def test_a_cancelled_session_promises_its_mechanic_nothing() -> None:
    assert view.summary_of(a_session(SessionStatus.cancelled), MECHANIC).share == ""


def test_a_session_without_an_intake_has_a_case_all_the_same() -> None:
    case = view.case_of(a_session(vehicle_info={}), None, [FileLink("p", "n.pdf", "application/pdf", 1, "/u", None)], MECHANIC)
    assert (case.title, case.concern, len(case.facts), len(case.files)) == ("Vehicle not described yet", "", 0, 1)


def test_trouble_codes_are_picked_out_of_the_customers_words() -> None:
    blank = dict.fromkeys(IntakeView.__dataclass_fields__)
    told = IntakeView(**{**blank, "id": SESSION, "created_at": NOW, "concern": "It shows P0420", "details": "P0141 too", "files": []})  # type: ignore[arg-type]
    assert [each.code for each in view.case_of(a_session(), told, [], CUSTOMER).codes] == ["P0420", "P0141"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (f"/chat/{SESSION}", SESSION),
        (f"/video/{SESSION}/", SESSION),
        (f"/diagnostic/{SESSION}", SESSION),
        (f"/customer/sessions/{SESSION}", None),
        ("/chat/not-an-id", None),
        (f"/chat/{SESSION}/more", None),
        ("/chat", None),
        ("", None),
    ],
)
def test_only_a_rooms_path_names_a_room(path: str, expected: uuid.UUID | None) -> None:
    assert room_in(path) == expected
