"""How a benchmark says what it found."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass


class Void(Exception):
    """What was measured proves nothing; one plain sentence why."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One figure of the last line. With a bound it is a target, without it is information."""

    key: str
    """A word without spaces."""
    value: float
    unit: str = ""
    """Written behind the value: x, ms, MiB, /s."""
    at_most: float | None = None
    at_least: float | None = None

    def __str__(self) -> str:
        return f"{self.key}={self._spelt(self.value)}"

    def _spelt(self, value: float) -> str:
        return f"{value:.3g}{self.unit}" if abs(value) < 100 else f"{value:.0f}{self.unit}"

    @property
    def target(self) -> str | None:
        if self.at_most is not None:
            return f"{self.key}<={self._spelt(self.at_most)}"
        if self.at_least is not None:
            return f"{self.key}>={self._spelt(self.at_least)}"
        return None

    @property
    def met(self) -> bool:
        fits = self.at_most is None or self.value <= self.at_most
        return fits and (self.at_least is None or self.value >= self.at_least)


def last_line(name: str, findings: Sequence[Finding]) -> str:
    """`NAME: KEY=value … target=KEY<=value,… met=yes|no`; without any target neither is there."""
    words = [f"{name}:", *map(str, findings)]
    targets = [finding.target for finding in findings if finding.target is not None]
    if targets:
        met = all(finding.met for finding in findings)
        words += [f"target={','.join(targets)}", f"met={'yes' if met else 'no'}"]
    return " ".join(words)


def say(line: str = "") -> None:
    """Print a line at once, whoever reads it."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
