"""`./run` and `./test` where nothing but a shell and some Python can be assumed."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = ("run", "test", "install.sh", ".ci/lock")
BASHISMS = re.compile(
    r"\[\[|\]\]|<\(|<<<|\bfunction \w|^\s*local |\bsource |&>|\$'|\$\{\w+(?:\^|,,|//)|\bdeclare "
    r"|\[ [^]]*==|echo -[en]|\w\+=|\bpipefail\b|^\s*\w+=\(",
    re.MULTILINE,
)

# What .venv/bin/python is in these tests: says what it was asked and installs nothing.
RECORDING_PYTHON = """#!/bin/sh
case $1 in
-c) case $2 in *dotenv*) exec "{python}" "$@" ;; esac ;;
-m)
    shift
    case $* in
    "pip install"*) shift $(($# - 1)); echo "installed $1"; exit "${{PIP_SAYS:-0}}" ;;
    esac
    echo "started $*" ;;
esac
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The scripts and locks alone, with a `.venv` that only records."""
    folder = tmp_path / "a folder with spaces"
    folder.mkdir()
    for name in ("run", "test", "install.sh", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, folder / name)
    binaries = folder / ".venv/bin"
    binaries.mkdir(parents=True)
    python = binaries / "python"
    python.write_text(RECORDING_PYTHON.format(python=sys.executable), encoding="utf-8")
    python.chmod(0o755)
    return folder


def sh(
    folder: Path, script: str, *args: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Called from somewhere else, as from a file manager or cron."""
    clean = {key: value for key, value in os.environ.items() if key != "BOT_TOKEN"}
    return subprocess.run(  # noqa: S603 (our own scripts)
        ["/bin/sh", str(folder / script), *args],
        cwd="/",
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def started(folder: Path, *args: str, **environment: str) -> str:
    done = sh(folder, "run", *args, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1].removeprefix("started ")


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_are_posix_sh(script: str) -> None:
    path = ROOT / script
    text = path.read_text(encoding="utf-8")
    assert BASHISMS.findall(text) == []
    for shell in filter(None, map(shutil.which, ("sh", "dash", "busybox"))):
        command = [shell, *(["sh"] if shell.endswith("busybox") else []), "-n", str(path)]
        read = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        assert read.returncode == 0, read.stderr


@pytest.mark.parametrize("script", ["run", "test", ".ci/run", ".ci/lock"])
def test_what_is_started_is_executable(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)


@pytest.mark.parametrize(
    ("env_file", "program"),
    [
        (None, "playground"),
        ("", "playground"),
        ("BOT_TOKEN=\n", "playground"),
        ('BOT_TOKEN=""\n', "playground"),
        ("#BOT_TOKEN=1:a\n", "playground"),
        ("BOT_TOKEN= # from @BotFather\n", "playground"),
        ("MY_BOT_TOKEN=1:a\n", "playground"),
        ("BOT_TOKEN=1:a\n", "bot"),
        ("export BOT_TOKEN='1:a' # mine\r\n", "bot"),
        ("LOCALE=en\nbot_token = 1:a", "bot"),
    ],
)
def test_a_token_decides_what_is_started(clone: Path, env_file: str | None, program: str) -> None:
    if env_file is not None:
        (clone / ".env").write_bytes(env_file.encode())
    assert started(clone) == program
    assert started(clone, BOT_TOKEN="1:a") == "bot"
    assert started(clone, BOT_TOKEN="") == program


def test_a_command_is_the_bots_and_options_go_along(clone: Path) -> None:
    assert started(clone, "import", "old chats.csv") == "bot import old chats.csv"
    assert started(clone, "--port", "0") == "playground --port 0"


def test_requirements_are_installed_when_their_lock_changed(clone: Path) -> None:
    def installed(script: str) -> list[str]:
        lines = sh(clone, script).stderr.splitlines()
        return [line.split()[1] for line in lines if line.startswith("installed ")]

    assert installed("run") == ["requirements.lock"]
    assert installed("run") == []
    assert installed("test") == ["requirements-dev.lock"]
    assert installed("run") == []  # ./test's lock holds all of it
    with (clone / "requirements.lock").open("a", encoding="utf-8") as lock:
        lock.write("# changed\n")
    assert installed("run") == ["requirements.lock"]
    assert installed("test") == ["requirements-dev.lock"]


def test_an_install_that_failed_is_said_and_done_afresh(clone: Path) -> None:
    failed = sh(clone, "run", PIP_SAYS="1")
    assert failed.returncode == 2
    assert "Could not install requirements.lock" in failed.stderr

    leftover = clone / ".venv/half-installed"
    leftover.touch()
    again = sh(clone, "run", PATH=stand_in(clone, version=13))
    assert again.returncode == 0, again.stderr
    assert not leftover.exists()


@pytest.mark.parametrize(
    ("version", "says"),
    [(None, "Otklik needs Python 3.11 or newer"), (10, "Otklik needs Python 3.11 or newer")],
)
def test_without_a_new_enough_python_one_sentence(
    clone: Path, version: int | None, says: str
) -> None:
    shutil.rmtree(clone / ".venv")
    done = sh(clone, "run", PATH=stand_in(clone, version))
    assert done.returncode == 2
    assert done.stderr.startswith(says)
    assert done.stderr.count("\n") == 1


def test_without_the_venv_module_one_sentence(clone: Path) -> None:
    shutil.rmtree(clone / ".venv")
    done = sh(clone, "run", PATH=stand_in(clone, version=12, venv=False))
    assert done.returncode == 2
    assert done.stderr.startswith("python3 has no venv module")
    assert done.stderr.count("\n") == 1


def stand_in(folder: Path, version: int | None, *, venv: bool = True) -> str:
    """A PATH on which the only Python is `python3`, a 3.`version` (None: there is none)."""
    binaries = folder.parent / "bin"
    binaries.mkdir(exist_ok=True)
    for tool in ("sh", "dirname", "cksum", "grep", "rm", "mkdir", "cp", "chmod"):
        found = shutil.which(tool)
        assert found
        (binaries / tool).unlink(missing_ok=True)
        (binaries / tool).symlink_to(found)
    if version is not None:
        recording = folder.parent / "recording"
        recording.write_text(RECORDING_PYTHON.format(python=sys.executable), encoding="utf-8")
        python = binaries / "python3"
        python.write_text(
            f"""#!/bin/sh
case "$*" in
*version_info*) [ {version} -ge 11 ] ;;
*ensurepip*) {"true" if venv else "false"} ;;
"-m venv --clear .venv")
    rm -rf .venv && mkdir -p .venv/bin
    cp "{recording}" .venv/bin/python && chmod +x .venv/bin/python ;;
esac
""",
            encoding="utf-8",
        )
        python.chmod(0o755)
    return str(binaries)
