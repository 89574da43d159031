"""Figures beside their targets, and at the end what was missed."""
from __future__ import annotations

import dataclasses
import sys
import time


@dataclasses.dataclass(frozen=True, slots=True)
class Verdict:
    """One figure that has a target."""

    name: str
    value: float
    target: float
    unit: str
    at_most: bool

    @property
    def missed_by(self) -> float:
        """How far the figure lies on the wrong side; 0 where the target is reached."""
        gap = self.value - self.target if self.at_most else self.target - self.value
        return max(gap, 0.0)

    def __str__(self) -> str:
        bound = 'at most' if self.at_most else 'at least'
        said = (f'MISSED by {_number(self.missed_by)} {self.unit}'.rstrip()
                if self.missed_by else 'reached')
        return (f'{self.name:58} {_number(self.value):>7} {self.unit:6} '
                f'target {bound} {_number(self.target)}: {said}')


class Report:
    """Prints what is measured and remembers what has a target."""

    def __init__(self) -> None:
        self.verdicts: list[Verdict] = []
        self._start = time.monotonic()

    def title(self, text: str) -> None:
        print(f'\n== {text}  ({time.monotonic() - self._start:.0f} s)', flush=True)

    def line(self, text: str) -> None:
        print(f'   {text}', flush=True)

    def progress(self, text: str) -> None:
        """What is going on, where somebody watches."""
        if sys.stdout.isatty():
            print(f'\r   {text:<70}', end='\r', flush=True)

    def at_least(self, name: str, value: float, target: float, unit: str = '') -> None:
        self._judge(Verdict(name, value, target, unit, at_most=False))

    def at_most(self, name: str, value: float, target: float, unit: str = '') -> None:
        self._judge(Verdict(name, value, target, unit, at_most=True))

    def _judge(self, verdict: Verdict) -> None:
        self.verdicts.append(verdict)
        self.line(str(verdict))

    def summary(self) -> None:
        """All verdicts once more."""
        missed = sum(bool(verdict.missed_by) for verdict in self.verdicts)
        self.title(f'{len(self.verdicts)} targets, {missed} missed')
        for verdict in self.verdicts:
            self.line(str(verdict))


def _number(value: float) -> str:
    return f'{value:.0f}' if value >= 1000 else f'{value:.2f}'
