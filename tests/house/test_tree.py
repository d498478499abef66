"""The tree anybody clones: no trace of one machine, short files, locks without addresses."""

import ast
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRODUCT = ("bot", "handlers", "api", "desk", "kpi", "storage", "i18n", "playground")
LOCKS = ("requirements.lock", "requirements-dev.lock")

ANYBODYS = {Path("/"), Path(tempfile.gettempdir())}
HERE = {ROOT, ROOT.parent, Path.home()} - ANYBODYS
ONE_MACHINE = re.compile(
    rf"(?<![\w.:/~-])(?:{'|'.join(re.escape(str(folder)) for folder in sorted(HERE))})(?=/)"
    r"|/(?:home|Users)/(?!\{)\w+/"  # somebody else's folder
    r"|//(?:192\.168\.|10\.\d|172\.(?:1[6-9]|2\d|3[01])\.)"  # hosts of one network
    r"|//[\w.-]+\.(?:internal|local|lan|corp)\b"
)
OUTSIDE = re.compile(r"(?<![\w./])(?:\.\./)+[\w-][\w./-]*")
LONGEST_FILE = 500
LONGEST_FUNCTION = 60


def tracked(*patterns: str) -> list[Path]:
    """What git would give to a clone; without git (an unpacked archive) whatever is there."""
    try:
        listed = subprocess.run(  # noqa: S603 (our own words)
            ["git", "-C", str(ROOT), "ls-files", "-z", *patterns],  # noqa: S607
            capture_output=True,
            check=True,
            text=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs git and a clone")
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def texts() -> Iterator[tuple[str, str]]:
    for path in tracked():
        try:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture


def product_files() -> Iterator[tuple[str, str]]:
    for path in tracked(*(f"{package}/*.py" for package in PRODUCT)):
        name = str(path.relative_to(ROOT))
        if not name.startswith("storage/migrations/"):
            yield name, path.read_text(encoding="utf-8")


def test_no_file_names_one_machine_or_one_network() -> None:
    found = [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if ONE_MACHINE.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        f"cd {ROOT}/bot",
        f'open("{Path.home()}/key")',
        "/Us·ers/anna/otklik",
        "http://10·.0.0.7:3128",
        "https://git.co·rp/otklik",
    ],
)
def test_one_machine_is_recognised(line: str) -> None:
    assert ONE_MACHINE.search(line.replace("·", ""))  # the dots keep this file itself clean


@pytest.mark.parametrize("line", [f"/webhook{ROOT}/1", f"~{ROOT}/x", "http://127.0.0.1:8080/"])
def test_what_is_anybodys_is_not(line: str) -> None:
    assert not ONE_MACHINE.search(line)


def test_nothing_points_out_of_the_tree() -> None:
    """`../` leads to what a clone has too; only tests may ask for what is forbidden."""
    found = [
        f"{name}: {path}"
        for name, text in texts()
        if not name.startswith("tests/")
        for path in OUTSIDE.findall(text)
        if not _is_inside((ROOT / name).parent / path.rstrip("."))
    ]
    assert found == []


def test_links_in_the_documents_lead_somewhere() -> None:
    found = [
        f"{name}: {link}"
        for name, text in texts()
        if name.endswith(".md")
        for link in re.findall(r"\]\(([^)#\s]+)", text)
        if "://" not in link and not _is_inside((ROOT / name).parent / link)
    ]
    assert found == []


def _is_inside(path: Path) -> bool:
    return path.exists() and path.resolve().is_relative_to(ROOT)


def test_files_are_short() -> None:
    lengths = {name: len(text.splitlines()) for name, text in product_files()}
    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE} == {}


def test_functions_are_short() -> None:
    long = [
        f"{name}:{node.lineno} {node.name}: {length} lines"
        for name, text in product_files()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_hold_hashes_and_no_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert re.search(r"^-", text, re.MULTILINE) is None  # no option: it would choose an index
    pins = re.findall(r"^[a-z0-9][^ ]*==.*?(?=^[a-z0-9]|\Z)", text, re.MULTILINE | re.DOTALL)
    assert len(pins) > 20
    assert [pin.split(" ")[0] for pin in pins if "--hash=sha256:" not in pin] == []


def test_tests_run_on_what_the_program_runs_on() -> None:
    run, dev = (
        set(re.findall(r"^[a-z0-9].*==.*", (ROOT / lock).read_text("utf-8"), re.MULTILINE))
        for lock in LOCKS
    )
    assert run <= dev
