"""Queue: the worker's jobs, as people look at them: what waits, what failed, and doing it again."""

from typing import Protocol

from octavo.domain.job import JobRow


class Queue(Protocol):
    """The jobs there are. Any method may take a second; it may raise StoreBusy or StoreError."""

    def waiting(self, limit: int) -> list[JobRow]:
        """List the jobs that are not finished, oldest first."""
        ...

    def failed(self, limit: int) -> list[JobRow]:
        """List the jobs in quarantine, oldest first."""
        ...

    def retry(self, job_id: str) -> bool:
        """Let a failed job be done again; False when there is no such job."""
        ...


class NoQueue:
    """The queue of an instance that has no worker: nothing waits, nothing failed."""

    def waiting(self, limit: int) -> list[JobRow]:
        """List nothing."""
        return []

    def failed(self, limit: int) -> list[JobRow]:
        """List nothing."""
        return []

    def retry(self, job_id: str) -> bool:
        """Find no such job."""
        return False
