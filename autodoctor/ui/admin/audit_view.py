"""What the page of the audit log shows, and what its address asks for. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from autodoctor.accounts.acts import Act, ActFilter
from autodoctor.ui.addresses import day_in, leading_to, words_in
from autodoctor.ui.admin.audit_words import act_words, detail_words, object_words
from autodoctor.ui.room.view import iso
from autodoctor.words import _

PAGE = "/admin/audit"


@dataclass(frozen=True)
class Asked:
    """Acts of this kind, on this day (UTC), about this object; "" leaves each open. `before`: behind this row."""

    action: str = ""
    day: str = ""
    entity: str = ""
    entity_id: str = ""
    before: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.action or self.day or self.entity)

    def wanted(self) -> ActFilter:
        day = date.fromisoformat(self.day) if self.day else None
        return ActFilter(
            action=self.action or None, entity=self.entity or None, entity_id=self.entity_id or None, first_day=day, last_day=day
        )

    def href(self, *, before: str = "") -> str:
        asked = {"action": self.action, "day": self.day, "entity": self.entity, "id": self.entity_id, "before": before}
        return leading_to(PAGE, asked)


def asked_by(query: Mapping[str, Any]) -> Asked:
    """What a query or a form asks for; what it doesn't name well is left open."""
    entity = words_in(query, "entity", 40)
    about = words_in(query, "id", 64) if entity else ""
    return Asked(words_in(query, "action", 60), day_in(query, "day"), entity, about, words_in(query, "before", 200))


@dataclass(frozen=True)
class ActLine:
    """An act in the log. `at` is ISO 8601 in UTC, `about` names the object, `same` leads to every act about it, `link` to its page."""

    id: str = ""
    at: str = ""
    who: str = ""
    what: str = ""
    about: str = ""
    details: list[str] = field(default_factory=list)
    same: str = ""
    link: str = ""


def act_line(act: Act) -> ActLine:
    is_one = act.entity_id != "all"
    return ActLine(
        id=str(act.id),
        at=iso(act.created_at),
        who=act.admin_name or (_("Somebody whose account is gone") if act.admin_id else _("Command line, or by itself")),
        what=act_words(act.action),
        about=object_words(act.entity, act.entity_id),
        details=[detail_words(name, value) for name, value in sorted(act.details.items()) if value not in (None, "", 0, [], {})],
        same=Asked(entity=act.entity, entity_id=act.entity_id).href() if is_one else "",
        link=f"/admin/sessions/{act.entity_id}" if act.entity == "session" else "",
    )
