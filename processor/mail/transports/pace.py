"""Send no faster than the provider allows: a token bucket."""

import time
from collections.abc import Callable


class Pace:
    """Lets `burst` mails through at once, then `per_minute`. None: as fast as the server answers."""

    def __init__(
        self,
        per_minute: float | None,
        burst: int = 5,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._interval = 60.0 / per_minute if per_minute else 0.0
        self._burst = burst
        self._clock, self._sleep = clock, sleep
        self._tokens = float(burst)
        self._at = clock()

    def wait(self) -> None:
        """Return when the next mail may leave."""
        if not self._interval:
            return
        now = self._clock()
        self._tokens = min(self._burst, self._tokens + (now - self._at) / self._interval)
        self._at = now
        if self._tokens < 1:
            pause = (1 - self._tokens) * self._interval
            self._sleep(pause)
            self._tokens, self._at = 1.0, now + pause
        self._tokens -= 1
