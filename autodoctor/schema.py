"""Every table of the product in one metadata: what Alembic compares the migrations with."""

from typing import Any

from sqlmodel import SQLModel

from autodoctor.accounts import models as _accounts  # noqa: F401
from autodoctor.audit import models as _audit  # noqa: F401
from autodoctor.chat import models as _chat  # noqa: F401
from autodoctor.core import deadlines, leases, outbox  # noqa: F401
from autodoctor.files import models as _files  # noqa: F401
from autodoctor.intake import models as _intake  # noqa: F401
from autodoctor.matching import models as _matching  # noqa: F401
from autodoctor.payments import inbox_models as _inbox  # noqa: F401
from autodoctor.payments import ledger_days_models as _ledger_days  # noqa: F401
from autodoctor.payments import ledger_models as _ledger  # noqa: F401
from autodoctor.payments import models as _payments  # noqa: F401
from autodoctor.payments import reconciliation_models as _reconciliation  # noqa: F401
from autodoctor.payouts import models as _payouts  # noqa: F401
from autodoctor.reports import models as _reports  # noqa: F401
from autodoctor.scheduling import models as _scheduling  # noqa: F401
from autodoctor.sessions import models as _sessions  # noqa: F401
from autodoctor.vehicles import models as _vehicles  # noqa: F401
from autodoctor.video import models as _video  # noqa: F401

metadata = SQLModel.metadata

_OF_MIGRATIONS = {
    "intakes.words",
    "intakes.intakes_words_idx",
    *(f"intake_{each}" for each in ("places", "words", "words_config", "words_content", "words_data", "words_docsize", "words_idx")),
}
"""What only migrations name, because the databases differ in it: the index of intakes' words, which PostgreSQL keeps in a column and SQLite
in tables (docs/decisions/0023).
"""


def is_modelled(item: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
    """Whether Alembic is to compare this with the models: its `include_object`."""
    return (name if kind == "table" else f"{item.table.name}.{name}") not in _OF_MIGRATIONS
