"""What goes wrong for a while is two lines in the log."""

import logging

import pytest

from storage.lasting import QUIET, Lasting


class Watch:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records]


def test_it_is_over_after_a_while_of_nothing_but_success(caplog: pytest.LogCaptureFixture) -> None:
    watch = Watch()
    full = Lasting(logging.getLogger("test"), "the disk", watch)
    full.gone()
    full.met("full")
    for _ in range(3):  # a small write finds room, however much later: not yet over
        watch.seconds += 2 * QUIET
        full.gone()
        full.met("full")
    assert said(caplog) == ["the disk: full"]

    full.gone()
    watch.seconds += QUIET / 2
    full.gone()
    assert len(said(caplog)) == 1
    watch.seconds += QUIET / 2
    full.gone()
    full.gone()
    assert said(caplog)[1:] == ["the disk: over, met 4 times"]

    full.met("full")
    assert said(caplog)[2:] == ["the disk: full"]
