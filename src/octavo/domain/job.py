"""JobRow: one step to run on one subject, as the queue shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

JobState = Literal["waiting", "later", "running", "failed"]


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job as the queue shows it. `error` is what it failed with: a sentence, or the traceback of a bug."""

    id: str
    kind: str
    subject: tuple[str, ...]
    key: str
    queue: str
    state: JobState
    enqueued_at: datetime
    not_before: datetime | None
    error: str | None
