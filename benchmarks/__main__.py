"""The command: `python -m benchmarks [NAME …] [--quick]`."""

import argparse
import importlib
import subprocess
import sys

from benchmarks.report import Void, last_line, say

BENCHMARKS = {
    "latency": "a customer's tap until the supervisor's alert",
    "throughput": "updates a second through intake, rules and commit",
    "delivery": "an alert while 10,000 weekly charts wait",
    "charts": "weekly cards drawn by two workers",
    "soak": "a month with everything that goes wrong",
    "figures": "an operator's figures, and everybody's on Monday",
    "speech": "dictations heard and divided, and whom that holds up",
    "start": "start until the first getUpdates, and memory at rest",
}
"""Each is a module of that name with `measure(quick: bool) -> Sequence[Finding]`."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="What is fast and how we know; docs/performance.md tells how to read it.",
        epilog="\n".join(f"{name:12}{what}" for name, what in BENCHMARKS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="which; none: all of them")
    parser.add_argument("--quick", action="store_true", help="the same smaller, within 50 s each")
    chosen = parser.parse_args(arguments)
    unknown = sorted(set(chosen.names) - BENCHMARKS.keys())
    if unknown:
        parser.error(f"no benchmark is called {', '.join(unknown)}")
    if len(chosen.names) == 1:
        return run(chosen.names[0], quick=chosen.quick)
    return max(run_apart(name, quick=chosen.quick) for name in chosen.names or BENCHMARKS)


def run(name: str, *, quick: bool) -> int:
    """0 when it could be measured, whether its targets are met or not."""
    say(f"{name}: {BENCHMARKS[name]}")
    try:
        findings = importlib.import_module(f"benchmarks.{name}").measure(quick)
    except Void as reason:
        say(f"{name}: void: {reason}")
        return 1
    say(last_line(name, findings))
    return 0


def run_apart(name: str, *, quick: bool) -> int:
    """In a process of its own, so that no benchmark pays for what another loaded."""
    command = [sys.executable, "-m", "benchmarks", name, *(["--quick"] if quick else [])]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - our own words


if __name__ == "__main__":
    sys.exit(main())
