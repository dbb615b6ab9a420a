"""Why something isn't written, in the user's words."""

from __future__ import annotations

from autodoctor.core.errors import Forbidden, InvalidTransition
from autodoctor.words import N_


class PapersNotOpenYet(InvalidTransition):
    default_detail = N_("This can be written as soon as you are both in the room.")


class PapersClosed(InvalidTransition):
    default_detail = N_("The session is over, and so are the 24 hours after it. Nothing can be added any more.")


class ReportFinished(InvalidTransition):
    default_detail = N_("This report is finished, and your customer has been told. It can no longer be changed.")


class NoReportInPlan(Forbidden):
    default_detail = N_("Only a Full Diagnostic comes with a report. Send an action plan instead.")
