"""Everybody who acts in the transaction of another's fact: importing this module connects them.

| fact | who hears of it | what happens in the same transaction |
| --- | --- | --- |
| accounts.MechanicSuspended | matching.service | an accepted request that hasn't begun is offered to the others (L7) |
| accounts.AccountLeaving | matching.erasing | what will be erased is held: session, request, files, vehicles, then the account |
| accounts.AccountClosing | sessions, scheduling, payments (`erasing`) | refused while a consultation is open or money moves |
| accounts.AccountErased | vehicles, sessions, files, intake, matching, payments (`erasing`) | what says who they were is erased |
| sessions.SessionEnded | matching.service | its request is completed or cancelled |
| sessions.SessionDeleted | chat.keeping, payments.keeping | refused where something was said or paid |
| sessions.MechanicReleased | video.showing_out | they are shown out of the video room |
| sessions.SessionEnded | payments.extension_checkout | nobody can pay for more of its time any more (M4) |
| sessions.SessionEnded | video.service | its video room is to be closed, and nobody misses video any more |
| sessions.SessionChanged | video.recording | where a recorder is configured, a session that is live is to be recorded |
| sessions.GuestCame, GuestRemoved | chat.notices | the conversation tells of it (M8) |
| sessions.GuestRemoved | video.showing_out | they are shown out of the video room (M8) |
| matching.RequestClosed | payments.refunds | what was paid goes back, where the rule says so (P4) |
| matching.SessionOrphaned | payments.refunds | what was paid goes back (L3) |
| scheduling.BookingCancelled | payments.refunds | what was paid goes back (P4) |
| sessions.SessionEnded | payouts.service | a completed one has earned its mechanic's share (P5) |
| matching.RequestClosed | payouts.service | what is kept for a mechanic who was there is shared (P5) |
| payments.KeptChanged | payouts.service | a share follows what goes back or is disputed (P5) |
| payments.TipPaid | payouts.service | all of a tip is the mechanic's |
| accounts.PayoutAccountChanged | payouts.service | what waits for a mechanic's account goes out (P5) |
| sessions.SessionEnded | reports.service | the report of a Full Diagnostic is due (M6) |
| intake.IntakeAttached | scheduling.describing | the booking it is about looks different to its mechanic |

It also connects what acts on Stripe's events (`payments.inbox.on`): payments.effects and payouts.effects.

Each process that changes anything imports it: the application, the jobs, the command line, the demo, the tests.
"""

from autodoctor.chat import keeping as _conversations  # noqa: F401
from autodoctor.chat import notices as _notices  # noqa: F401
from autodoctor.files import erasing as _erased_files  # noqa: F401
from autodoctor.intake import erasing as _erased_intakes  # noqa: F401
from autodoctor.matching import erasing as _erased_requests  # noqa: F401
from autodoctor.matching import meters as _matches  # noqa: F401
from autodoctor.matching import service as _matching  # noqa: F401
from autodoctor.payments import effects as _effects  # noqa: F401
from autodoctor.payments import erasing as _erased_payers  # noqa: F401
from autodoctor.payments import extension_checkout as _extensions  # noqa: F401
from autodoctor.payments import keeping as _money  # noqa: F401
from autodoctor.payments import refunds as _refunds  # noqa: F401
from autodoctor.payouts import effects as _payout_effects  # noqa: F401
from autodoctor.payouts import service as _payouts  # noqa: F401
from autodoctor.reports import service as _reports  # noqa: F401
from autodoctor.scheduling import describing as _describing  # noqa: F401
from autodoctor.scheduling import erasing as _held_slots  # noqa: F401
from autodoctor.sessions import erasing as _erased_customers  # noqa: F401
from autodoctor.vehicles import erasing as _erased_vehicles  # noqa: F401
from autodoctor.video import recording as _recording  # noqa: F401
from autodoctor.video import service as _video  # noqa: F401
from autodoctor.video import showing_out as _showing_out  # noqa: F401
