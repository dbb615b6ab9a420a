"""What a form sends, where its refusals stand and where it leads: the script itself, run by the JavaScript runtime of the build."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from autodoctor.ui.js import scripts

FORMS = Path(scripts.__file__).with_name("forms.js")
BUN = Path(sys.executable).with_name("bun")
SITE = "https://autodoctor.test"


def run(function: str, *arguments: str) -> Any:
    """The answer of a function of forms.js; arguments are JavaScript expressions."""
    call = f"import * as forms from {json.dumps(str(FORMS))}; console.log(JSON.stringify(forms.{function}({', '.join(arguments)})))"
    result = subprocess.run([BUN, "-e", call], capture_output=True, text=True, timeout=30, check=True)
    return json.loads(result.stdout)


def form(*fields: dict[str, Any]) -> str:
    """A form with these fields, as far as the script looks at one."""
    usual = {"type": "text", "value": "", "checked": False, "required": False, "dataset": {}, "validity": {}}
    return json.dumps({"elements": [{**usual, **field} for field in fields]})


def test_texts_boxes_numbers_and_lists_are_sent_as_what_they_stand_for() -> None:
    body = run(
        "bodyOf",
        form(
            {"name": "fullName", "value": " Robin "},
            {"name": "is18Plus", "type": "checkbox", "value": "on", "checked": True},
            {"name": "waiverAccepted", "type": "checkbox", "value": "on"},
            {"name": "rating", "type": "radio", "value": "4", "dataset": {"kind": "number"}},
            {"name": "rating", "type": "radio", "value": "5", "checked": True, "dataset": {"kind": "number"}},
            {"name": "files", "type": "hidden", "value": '["a","b"]', "dataset": {"kind": "list"}},
        ),
    )
    assert body == {"fullName": " Robin ", "is18Plus": True, "waiverAccepted": False, "rating": 5, "files": ["a", "b"]}


def test_buttons_files_and_unchosen_radios_are_not_sent() -> None:
    fields = form(
        {"name": "", "value": "nameless"},
        {"name": "go", "type": "submit"},
        {"name": "photo", "type": "file"},
        {"name": "rating", "type": "radio", "value": "1"},
    )
    assert run("bodyOf", fields) == {}


def test_what_is_missing_is_told_before_anything_is_sent() -> None:
    missing = {"required": True, "validity": {"valueMissing": True}}
    wrong = run(
        "missingIn",
        form(
            {"name": "fullName", **missing},
            {"name": "blank", "required": True, "value": "   "},
            {"name": "email", "type": "email", "value": "robin", "validity": {"typeMismatch": True}},
            {"name": "waiverAccepted", "type": "checkbox", **missing},
            {"name": "rating", "type": "radio", **missing},
            {"name": "phone"},
        ),
    )
    assert {each["field"]: each["message"] for each in wrong} == {
        "fullName": "This is required.",
        "blank": "This is required.",
        "email": "This doesn't look like an e-mail address.",
        "waiverAccepted": "Please tick this box to go on.",
        "rating": "Please choose one.",
    }


def test_refusals_stand_beside_their_field_and_the_rest_above_the_button() -> None:
    errors = [
        {"field": "email", "message": "Wrong."},
        {"field": "email", "message": "Twice."},
        {"field": "plan", "message": "No such plan."},
    ]
    answer = json.dumps({"words": "Please check the marked fields.", "data": {"errors": errors}})
    assert run("placed", answer, 'new Set(["email"])') == {"problems": {"email": "Wrong."}, "words": "No such plan."}


def test_a_refusal_without_fields_says_its_words() -> None:
    answer = json.dumps({"words": "E-mail or password is wrong.", "data": {"code": "invalid_credentials"}})
    assert run("placed", answer, "new Set()") == {"problems": {}, "words": "E-mail or password is wrong."}


@pytest.mark.parametrize("path", ["/customer/dashboard", "/api/checkout?plan=chat10", "/intake#files"])
def test_a_form_leads_on_to_our_own_pages(path: str) -> None:
    assert run("ownPath", json.dumps(path), json.dumps(SITE), '"/"') == path


@pytest.mark.parametrize(
    "path", ["https://elsewhere.test/", "//elsewhere.test", "/\\elsewhere.test", "/\t/elsewhere.test", "javascript:alert(1)", None]
)
def test_a_form_leads_to_no_other_site(path: str | None) -> None:
    assert run("ownPath", json.dumps(path), json.dumps(SITE), '"/"') == "/"


def test_whoever_must_log_in_comes_back() -> None:
    assert run("loginFrom", '{pathname: "/intake", search: "?plan=chat10"}') == "/login?next=%2Fintake%3Fplan%3Dchat10"
    assert run("loginFrom", '{pathname: "/mechanic/profile", search: ""}') == "/mechanic/login?next=%2Fmechanic%2Fprofile"
