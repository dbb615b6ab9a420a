"""A built site, served as Reflex serves one in production: what `benchmarks/pages.py` compares ours with."""

from __future__ import annotations

import os

from reflex.utils.precompressed_staticfiles import PrecompressedStaticFiles
from starlette.applications import Starlette
from starlette.routing import Mount

app = Starlette(routes=[Mount("/", PrecompressedStaticFiles(directory=os.environ["BLANK_SITE"], html=True, encodings=["gzip"]))])
