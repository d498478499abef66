"""The documents: no link leads nowhere, nobody looks in vain for a setting or a command."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from dotenv import dotenv_values

from handlers.rights import BUTTONS, COMMANDS, MENU
from storage.models import Role

ROOT = Path(__file__).parents[2]
LANGUAGES = ("en", "ru")
PAGES = {
    Role.CUSTOMER: "customer.md",
    Role.OPERATOR: "operator.md",
    Role.SUPERVISOR: "supervisor.md",
}
LINK = re.compile(r'\]\(([^)\s]+)\)|<img[^>]* src="([^"]+)"')
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def documents() -> list[Path]:
    return [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]


def anchors(page: Path) -> set[str]:
    """What `#…` may follow: headings as GitHub spells them."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links_to_nowhere(page: Path) -> Iterator[str]:
    for link, picture in LINK.findall(FENCED.sub("", page.read_text("utf-8"))):
        where, _, anchor = (link or picture).partition("#")
        if "://" in where:
            continue
        target = page.parent / where if where else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            yield f"{page.relative_to(ROOT)}: {link or picture}"


def page(language: str, name: str) -> str:
    return (ROOT / "docs" / language / name).read_text("utf-8")


def test_every_link_leads_somewhere_and_every_picture_is_there() -> None:
    assert [lost for document in documents() for lost in links_to_nowhere(document)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_administrators_find_every_setting_with_its_default(language: str) -> None:
    rows = dict(
        re.findall(
            r"^\| `([A-Z_]+)` \| (\S.*?) \|", page(language, "administrator.md"), re.MULTILINE
        )
    )
    expected = dotenv_values(ROOT / ".env.example")
    assert rows == {name: f"`{default}`" if default else "–" for name, default in expected.items()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", MENU)
def test_everybody_finds_their_commands(role: Role, language: str) -> None:
    told = set(re.findall(r"`/([a-z]+)`", page(language, PAGES[role])))
    assert set(MENU[role]) - told == set()


def test_both_languages_tell_of_the_same_things() -> None:
    """Commands, settings and files are spelled alike in both; so are the headings, in number."""
    for name in (*PAGES.values(), "administrator.md"):
        english, russian = (page(language, name) for language in LANGUAGES)
        codes = [
            set(re.findall(r"`(/[a-z]+|[A-Z_]{4,}|\./run)`", text)) for text in (english, russian)
        ]
        assert codes[0] == codes[1], name
        assert english.count("\n#") == russian.count("\n#"), name


def rows_of(name: str) -> Iterator[tuple[set[str], list[str]]]:
    """What the first cells of a page's tables name, with the other cells."""
    for line in (ROOT / "docs" / name).read_text("utf-8").splitlines():
        first, *others = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `"):
            yield set(re.findall(r"`(/?[a-z]+)`", first)), others


def test_the_page_on_rights_says_what_the_table_says() -> None:
    told = {name: set(cells) for names, cells in rows_of("rights.md") for name in names}
    table = {kind.__prefix__: who for who, kinds in BUTTONS.items() for kind in kinds}
    table |= {f"/{name}": who for name, who in COMMANDS.items()}
    assert told.keys() == table.keys()
    assert {name for name, who in table.items() if who.value not in told[name]} == set()
