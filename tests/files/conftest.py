"""The two places where files are stored: a folder, and a bucket of a real S3 server's stand-in (moto, over HTTP)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import httpx
import pytest
from moto.server import ThreadedMotoServer

from autodoctor.core.settings import get_settings


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """Its address; there is a bucket `garage`."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    httpx.put(f"http://{host}:{port}/garage").raise_for_status()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, settings_env: pytest.MonkeyPatch) -> str:
    """Each storage in turn, empty."""
    if request.param == "bucket":
        settings_env.setenv("AWS_ENDPOINT_URL", request.getfixturevalue("s3"))
        settings_env.setenv("STORAGE_URL", f"s3://garage/{uuid.uuid4().hex}")
        for name, value in (("AWS_ACCESS_KEY_ID", "a"), ("AWS_SECRET_ACCESS_KEY", "b"), ("AWS_REGION", "us-east-1")):
            settings_env.setenv(name, value)
        get_settings.cache_clear()
    return request.param
