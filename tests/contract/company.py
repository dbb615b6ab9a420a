"""A role's people on one run: for every call somebody of it, with something to name. Whoever has done something isn't sent twice."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Collection
from typing import Any

import requests
from requests.auth import AuthBase
from schemathesis import Case, Response
from schemathesis.core.parameters import ParameterLocation

from tests.contract.running import Running
from tests.contract.scenes import OPEN, PASSWORD, PICTURE, STAGES, Scene, a_scene

PLACES = (ParameterLocation.PATH, ParameterLocation.QUERY, ParameterLocation.BODY)
KNOWN_AS = {
    ("resolve_checkout_on_return", "session_id"): "stripe_session_id",
    ("resolve_by_stripe", "session_id"): "stripe_session_id",
    ("join_by_invitation", "token"): "invitation",
    ("download_file", "token"): "download",
    ("put_upload", "token"): "upload",
}
"""The same name for something else."""

THEIR_ADDRESS = {"log_in_as_customer", "log_in_as_mechanic", "log_in_as_admin"}
"""Elsewhere an address is somebody new's."""

OWN_PASSWORD = {"password", "currentPassword"}
LEFT_AS_DRAWN = 4
"""Every so manieth call names what was made up."""


class Company(AuthBase):
    """Brings the token to each call that isn't meant to go without."""

    def __init__(self, running: Running, role: str) -> None:
        self.running = running
        self.role = role
        self.answers: dict[str, Counter[int]] = defaultdict(Counter)
        self._stages = itertools.cycle(OPEN if role == "guest" else STAGES)
        self._scenes: dict[str, Scene] = {}
        self._turns: Counter[str] = Counter()
        self.scene = self._next()

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self.scene.token:
            request.headers["Authorization"] = self.scene.token
        return request

    def enter(self, stage: str) -> None:
        """Somebody new at this moment, for what is told in several steps."""
        self.scene = self._new(stage)

    def prepare(self, case: Case) -> None:
        """The next one's turn: another moment of a consultation, and what there is then."""
        self.scene = self._next()
        label = case.operation.label
        self._turns[label] += 1
        if self._turns[label] % LEFT_AS_DRAWN:
            self.aim(case)

    def aim(self, case: Case, given: Collection[tuple[ParameterLocation, str | None]] = ()) -> None:
        """Name what there is in place of what was made up, wherever the case isn't meant to be wrong, and where no link led."""
        for place in PLACES:
            container = case.get_container(place)
            if not isinstance(container, dict) or (case.meta and case.meta.is_negative_at(place)):
                continue
            for name in set(container) - {name for where, name in given if where == place}:
                if (value := self._value(case, name)) is not None:
                    container[name] = value
        if _operation_id(case) == "put_upload" and self._turns[case.operation.label] % 2:
            case.body = PICTURE

    def note(self, case: Case, response: Response) -> None:
        """Count the answer. Who has changed anything is done; an app that is set up anew has another secret."""
        self.answers[case.operation.label][response.status_code] += 1
        if case.operation.method != "get" and response.status_code < 400:
            self._scenes.pop(self.scene.stage, None)
        if _operation_id(case) in {"begin_mechanics", "begin_admins"} and response.status_code == 200:
            self.scene.secret = response.json()["secret"]

    def _value(self, case: Case, name: str) -> Any:
        operation = _operation_id(case)
        if name in OWN_PASSWORD:
            return PASSWORD
        if name == "email" and operation not in THEIR_ADDRESS:
            return None
        return self.scene.value(KNOWN_AS.get((operation, name), name))

    def _next(self) -> Scene:
        stage = next(self._stages)
        if stage not in self._scenes:
            self._scenes[stage] = self._new(stage)
        return self._scenes[stage]

    def _new(self, stage: str) -> Scene:
        return self.running.do(a_scene(self.role, stage, self.running.url))


def _operation_id(case: Case) -> str:
    return case.operation.definition.raw["operationId"]
