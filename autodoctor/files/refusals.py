"""Why a file is refused, in the user's words."""

from __future__ import annotations

from autodoctor.core.errors import Forbidden, Refusal
from autodoctor.words import N_


class PayloadTooLarge(Refusal):
    status, code = 413, "payload_too_large"
    default_detail = N_("This file is larger than we can take.")


class UnsupportedMedia(Refusal):
    status, code = 415, "unsupported_media"
    default_detail = N_(
        "We can't take this kind of file. We take photos (JPEG, PNG, WebP, HEIC, GIF), PDF, videos (MP4, MOV, WebM) and text or CSV."
    )


class UploadIncomplete(Refusal):
    status, code = 400, "upload_incomplete"
    default_detail = N_("The file didn't arrive whole. Please send it again.")


class TooManyFiles(Refusal):
    status, code = 409, "too_many_files"
    default_detail = N_("That are more files than we can take here.")


class RangeOutside(Refusal):
    status, code = 416, "range_not_satisfiable"
    default_detail = N_("The file is shorter than the part that was asked for.")


class LinkNoLongerValid(Forbidden):
    default_detail = N_("This link has expired or isn't complete. Please open the page again and use the new one.")
