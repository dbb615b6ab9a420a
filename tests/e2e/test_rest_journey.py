"""The whole consultation by REST alone, with API.md's names, against a running server (issue 3, "Done when")."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.e2e.people import HONDA, CustomerPerson, MechanicPerson, photo
from tests.e2e.server import LiveServer


def test_a_customer_is_helped_from_sign_up_to_a_rated_answer(server: LiveServer) -> None:
    customer = CustomerPerson(server)
    customer.sign_up()
    customer.log_in()
    refusal = customer.get("/api/checkout/create-session", params={"plan": "chat10"}, headers={"Accept": "application/json"}, expect=403)
    assert refusal["code"] == "email_unverified"
    customer.verify()
    customer.log_in()
    first, second = MechanicPerson(server).ready(), MechanicPerson(server).ready()

    active = customer.paid_request()
    session_id, request_id = active["session"]["id"], active["request"]["id"]
    assert (active["request"]["status"], active["session"]["status"]) == ("pending", "pending")
    assert (active["queuePosition"], active["onlineMechanics"]) == (1, 2)

    vehicle = customer.post("/api/vin/decode", {"vin": HONDA})
    assert (vehicle["year"], vehicle["make"], vehicle["model"]) == (2003, "Honda", "Accord")
    path = customer.upload(photo(), "noise.jpg", "image/jpeg")
    intake = {
        "plan": "chat10",
        "sessionId": session_id,
        "name": "Robin Sample",
        "email": customer.email,
        "city": "Halifax",
        "vin": HONDA,
        "year": "2003",
        "make": "Honda",
        "model": "Accord",
        "concern": "A knocking noise under the bonnet when cold",
        "files": [path],
    }
    assert customer.post("/api/intake/start", intake, expect=201)["success"] is True

    for mechanic in (first, second):
        (card,) = mechanic.board()
        assert card["id"] == request_id
        assert card["customerName"] == "Robin"
        assert card["concern"] == intake["concern"]
        assert card["vehicle"]["model"] == "Accord"
        assert len(card["files"]) == 1

    accepted = first.post(f"/api/mechanics/requests/{request_id}/accept")
    assert (accepted["request"]["status"], accepted["session"]["status"]) == ("accepted", "waiting")
    assert second.post(f"/api/mechanics/requests/{request_id}/accept", expect=409)["code"] == "request_taken"
    assert second.board() == []
    assert customer.active()["session"]["status"] == "waiting"

    for person in (customer, first):
        person.post(f"/api/sessions/{session_id}/start")
    live = customer.get(f"/api/sessions/{session_id}")
    assert live["status"] == "live"
    assert 1790 <= live["remainingSeconds"] <= 1800

    scan = photo()
    path = first.upload(scan, "part.jpg", "image/jpeg", sessionId=session_id)
    recorded = {"filePath": path, "fileName": "part.jpg", "fileSize": len(scan), "fileType": "image/jpeg"}
    first.post(f"/api/sessions/{session_id}/files", recorded)

    question = {"sessionId": session_id, "content": "It knocks for a minute, then stops.", "clientId": "c-1"}
    sent = customer.post("/api/chat/send-message", question, expect=201)["message"]
    assert customer.post("/api/chat/send-message", question)["message"]["id"] == sent["id"]
    first.post(
        "/api/chat/send-message",
        {"sessionId": session_id, "content": "Look at this part.", "attachments": [path], "clientId": "m-1"},
        expect=201,
    )
    info = customer.get("/api/chat/session-info", params={"sessionId": session_id})
    assert [message["content"] for message in info["messages"]] == [question["content"], "Look at this part."]
    files = customer.get(f"/api/sessions/{session_id}/files")["items"]
    assert "part.jpg" in [each["fileName"] for each in files]

    stranger = CustomerPerson(server)
    stranger.sign_up()
    stranger.verify()
    stranger.log_in()
    assert stranger.get(f"/api/sessions/{session_id}", expect=404)["code"] == "not_found"
    assert stranger.post("/api/chat/send-message", {"sessionId": session_id, "content": "hello"}, expect=404)["code"] == "not_found"

    ended = first.post(f"/api/sessions/{session_id}/end", {"sessionNotes": "Piston slap, harmless when cold."})
    assert (ended["session"]["status"], ended["session"]["durationMinutes"]) == ("completed", 1)
    assert (
        customer.post("/api/chat/send-message", {"sessionId": session_id, "content": "one more"}, expect=409)["code"]
        == "invalid_transition"
    )
    customer.post(f"/api/sessions/{session_id}/review", {"rating": 5, "review": "Calm and clear."})
    assert customer.post(f"/api/sessions/{session_id}/review", {"rating": 1}, expect=409)["code"] == "already_reviewed"

    (booking,) = customer.get("/api/customer/bookings")["items"]
    (job,) = first.get("/api/mechanics/requests/history")["items"]
    assert (booking["id"], booking["status"], booking["rating"]) == (session_id, "completed", 5)
    assert (job["rating"], job["review"], job["earningsCents"]) == (5, "Calm and clear.", 800)
    assert customer.active()["request"] is None


def test_eight_mechanics_accept_over_http_at_once_and_one_wins(server: LiveServer) -> None:
    customer = CustomerPerson(server)
    customer.sign_up()
    customer.verify()
    customer.log_in()
    request_id = customer.paid_request()["request"]["id"]
    mechanics = [MechanicPerson(server) for _ in range(8)]
    for mechanic in mechanics:
        mechanic.ready()

    def accept(mechanic: MechanicPerson) -> str:
        answer = mechanic.client.post(f"/api/mechanics/requests/{request_id}/accept")
        return "won" if answer.status_code == 200 else answer.json()["code"]

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(accept, mechanics))
    assert sorted(outcomes) == ["request_taken"] * 7 + ["won"]
