"""What lies in deploy/ is what the programs it is for can read, and names what there is."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.conftest import Desk

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
METRIC = re.compile(r"\botklik_[a-z_]+")


def tool(name: str) -> str:
    found = shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin")
    if found is None:
        pytest.skip(f"needs {name}")
    return found


def ran(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603


def test_nginx_reads_its_file(tmp_path: Path) -> None:
    nginx, openssl = tool("nginx"), tool("openssl")
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    words = f"req -x509 -newkey rsa:2048 -nodes -subj /CN=x -keyout {key} -out {certificate}"
    assert ran(openssl, *words.split()).returncode == 0
    ours = (DEPLOY / "nginx.conf").read_text("utf-8")
    ours = ours.replace("/etc/nginx/certificates", str(tmp_path))
    ours = re.sub(r"server bot-\d:", "server 127.0.0.1:", ours)
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off;\n{ours}\n}}"
    )
    read = ran(nginx, "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf"))
    assert read.returncode == 0, read.stderr


@pytest.mark.parametrize("unit", [path.name for path in sorted(DEPLOY.glob("otklik*.*"))])
def test_systemd_reads_its_units(unit: str, tmp_path: Path) -> None:
    analyze = tool("systemd-analyze")
    for path in DEPLOY.glob("otklik*.*"):
        text = path.read_text("utf-8")
        text = re.sub(r"/opt/otklik/\.venv/bin/python", "/bin/true", text)
        (tmp_path / path.name).write_text(text)
    read = ran(analyze, "verify", "--man=no", str(tmp_path / unit.replace("@.", "@1.")))
    ours = [line for line in read.stderr.splitlines() if "otklik" in line]
    assert ours == []


def test_the_image_holds_the_whole_program() -> None:
    text = (DEPLOY / "Dockerfile").read_text("utf-8")
    copied = set(re.findall(r"^COPY (\w+) ", text, re.MULTILINE))
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert copied == packages - {"playground", "benchmarks", "tests"}


def test_settings_that_are_named_exist() -> None:
    known = {name.upper() for name in Settings.model_fields} | {"POSTGRES_PASSWORD"}
    foreign = {"POSTGRES_USER", "POSTGRES_DB", "PYTHONUNBUFFERED"}
    for path in DEPLOY.iterdir():
        named = set(re.findall(r"\b([A-Z]+_[A-Z_]+)[:=]", path.read_text("utf-8")))
        assert named - known - foreign == set(), path.name


async def test_metrics_that_are_named_are_served(desk: Desk) -> None:
    await desk.customer("Anna").types("Hello")
    text = (await desk.running.metrics.scrape()).decode()
    served = {line.split(" ")[0].partition("{")[0] for line in text.splitlines() if line[0] != "#"}
    rules = METRIC.findall((DEPLOY / "alerts.yaml").read_text("utf-8"))
    page = (ROOT / "docs/operations.md").read_text("utf-8")
    told = re.findall(r"`(otklik_[a-z_]+)(?:\{[^`]*\})?`", page)
    for name in {*rules, *told}:
        assert name in served or f"{name}_count" in served, name
    families = {re.sub(r"_(bucket|count|sum)$", "", name) for name in served}
    ours = {name for name in families if name.startswith("otklik_")}
    assert ours == {*told}  # nobody looks in vain for what a number means
