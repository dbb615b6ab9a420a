"""A client that was generated from a running server's document, and the people who use nothing else."""

from __future__ import annotations

import importlib
import io
import pkgutil
import re
import secrets
import subprocess
import sys
import uuid
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.e2e.server import ROOT, LiveServer, wait_until

PACKAGE = "auto_doctor_client"
PASSWORD = "a-good-password-9"


class Generated:
    """The package: `call("customers.log_in_as_customer", …)` calls the generated function, `models` are the generated classes."""

    def __init__(self, server: LiveServer, folder: Path) -> None:
        command = [str(ROOT / "scripts/client"), str(folder / PACKAGE), f"{server.url}/api/openapi.json"]
        made = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        self.said = made.stdout + made.stderr
        assert made.returncode == 0, self.said
        self.folder = folder
        sys.path.insert(0, str(folder))
        self.package = importlib.import_module(PACKAGE)
        self.models: ModuleType = importlib.import_module(f"{PACKAGE}.models")

    def modules(self) -> list[str]:
        """Imports every one of them."""
        names = [each.name for each in pkgutil.walk_packages(self.package.__path__, f"{PACKAGE}.")]
        for name in names:
            importlib.import_module(name)
        return names

    def call(self, name: str, client: Any, *path: Any, **options: Any) -> Any:
        """The whole answer: `status_code`, `parsed`, `headers`."""
        return importlib.import_module(f"{PACKAGE}.api.{name}").sync_detailed(*path, client=client, **options)

    def forget(self) -> None:
        sys.path.remove(str(self.folder))
        for name in [each for each in sys.modules if each.split(".")[0] == PACKAGE]:
            del sys.modules[name]


class Person:
    """Somebody with the cookies of a browser, which the generated client keeps."""

    def __init__(self, generated: Generated, server: LiveServer, *, email: str = "") -> None:
        self.generated = generated
        self.models = generated.models
        self.email = email or f"{secrets.token_hex(6)}@example.com"
        headers = {"Origin": server.url, "Accept": "application/json"}
        self.client = generated.package.Client(base_url=server.url, headers=headers, raise_on_unexpected_status=True, timeout=20)

    def do(self, name: str, *path: Any, expect: int = 200, **options: Any) -> Any:
        """What the answer says, as an object of a generated class."""
        answer = self.generated.call(name, self.client, *path, **options)
        assert answer.status_code == expect, f"{name}: {answer.status_code} {answer.content[:500]!r}"
        return answer.parsed

    def mailed(self, what: str) -> str:
        """The newest link in a mail to this person whose address has this in it."""

        def links() -> list[str]:
            mails = self.do("development.list_development_mails", to=self.email).items
            return [link for mail in mails for link in mail.links if what in link]

        wait_until(lambda: bool(links()), what=f"a mail with {what}")
        return links()[0]

    def upload(self, session_id: uuid.UUID, content: bytes) -> str:
        """Sign, send and record a picture; answers its address."""
        types = importlib.import_module(f"{PACKAGE}.types")
        wanted = self.models.UploadRequest(file_name="part.jpg", file_size=len(content), file_type="image/jpeg", session_id=session_id)
        signed = self.do("files.sign_upload", body=wanted)
        token = re.search(r"token=([^&]+)", signed.upload_url)[1]  # type: ignore[index]
        self.do("files.put_upload", token=token, body=types.File(payload=io.BytesIO(content)))
        recorded = self.do("files.record_file", session_id, expect=201, body=self.models.RecordBody(file_path=signed.file_path))
        return recorded.file.url
