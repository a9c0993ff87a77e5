"""One run of a job as its handler sees it."""

import threading
from dataclasses import dataclass, field
from typing import Any

from core.jobs import leases
from core.jobs.models import Job


@dataclass(frozen=True)
class Run:
    """What a handler gets: the job, its parameters, and a way to say how far it is."""

    job: Job
    token: int
    lost: threading.Event = field(default_factory=threading.Event)

    @property
    def payload(self) -> dict[str, Any]:
        payload: dict[str, Any] = self.job.payload
        return payload

    def step(self, name: str, number: int, total: int) -> None:
        """Say that step `number` of `total` begins. Raises LeaseLost when another worker has taken the job over."""
        if self.lost.is_set():
            raise leases.LeaseLost(self.job.pk, self.token)
        leases.write_step(self.job.pk, self.token, name=name, number=number, total=total)
