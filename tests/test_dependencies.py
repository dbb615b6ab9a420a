"""What we depend on is pinned, locked and can be asked about (docs/operations.md, "What we depend on")."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
LOCKED = re.compile(r"^(?P<name>[a-z0-9._-]+)(?:\[.*?\])?==(?P<version>[^ ;\\]+)(?P<rest>.*?)(?=^\S|\Z)", re.M | re.S)


def _wanted(file: str) -> dict[str, str]:
    lines = [line for line in (ROOT / file).read_text().splitlines() if line and not line.startswith(("#", "-r"))]
    pins = [Requirement(line) for line in lines]
    assert all(str(each.specifier).startswith("==") for each in pins)
    return {each.name.lower().replace("_", "-"): str(each.specifier).removeprefix("==") for each in pins}


def _locked(file: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for each in LOCKED.finditer((ROOT / file).read_text()):
        assert "--hash=sha256:" in each["rest"], each["name"]
        found.setdefault(each["name"], set()).add(each["version"])
    return found


@pytest.mark.parametrize(("file", "least"), [("requirements", 50), ("requirements-dev", 50), ("requirements-client", 15)])
def test_each_pin_is_in_the_lock_and_each_locked_package_has_hashes(file: str, least: int) -> None:
    locked = _locked(f"{file}.lock")
    assert len(locked) > least
    for name, version in _wanted(f"{file}.txt").items():
        assert locked.get(name) == {version}, f"{name}: run scripts/lock"


def test_what_runs_in_production_is_what_is_tested() -> None:
    tested = _locked("requirements-dev.lock")
    assert all(versions <= tested[name] for name, versions in _locked("requirements.lock").items())


def test_the_front_end_is_pinned_and_locked() -> None:
    package = json.loads((ROOT / "reflex.lock/package.json").read_text())
    pins = package["dependencies"] | package["devDependencies"] | package["overrides"]
    lock = (ROOT / "reflex.lock/bun.lock").read_text()
    assert len(pins) > 15
    for name, version in pins.items():
        assert re.fullmatch(r"v?\d+\.\d+\.\d+", version), name
        taken = package["overrides"].get(name, version).removeprefix("v")
        assert f'["{name}@{taken}"' in lock, name


def test_an_audit_that_reaches_no_database_has_not_passed() -> None:
    nowhere = dict.fromkeys(("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"), "http://127.0.0.1:9")
    ran = subprocess.run([ROOT / "scripts/audit"], env={**os.environ, **nowhere}, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode != 0
    for part in ("requirements.lock", "requirements-dev.lock", "requirements-client.lock", "the front end"):
        assert re.search(rf"{re.escape(part)}: NOT passed", ran.stderr), ran.stderr
