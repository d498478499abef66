import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.markup import cut, formatted, parse_html, to_html
from playground.refusals import Violation


def test_entities_are_counted_in_utf16() -> None:
    text, entities = parse_html("😀 <b>bold <i>both</i></b> &lt;3 &#9731;&#x1F600;")
    assert text == "😀 bold both <3 ☃😀"
    assert entities == [
        {"type": "bold", "offset": 3, "length": 9},
        {"type": "italic", "offset": 8, "length": 4},
    ]
    assert cut(text, 3, 9) == "bold both"


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        ("<strong>x</strong>", {"type": "bold"}),
        ("<EM>x</EM>", {"type": "italic"}),
        ("<ins>x</ins>", {"type": "underline"}),
        ("<del>x</del>", {"type": "strikethrough"}),
        ("<strike>x</strike>", {"type": "strikethrough"}),
        ("<code>x</code>", {"type": "code"}),
        ("<pre>x</pre>", {"type": "pre"}),
        (
            '<pre><code class="language-py">x</code></pre>',
            {"type": "pre", "language": "py"},
        ),
        (
            '<a href="https://t.me/?a=1&amp;b=2">x</a>',
            {"type": "text_link", "url": "https://t.me/?a=1&b=2"},
        ),
        ("<tg-spoiler>x</tg-spoiler>", {"type": "spoiler"}),
        ('<span class="tg-spoiler">x</span>', {"type": "spoiler"}),
        ("<blockquote>x</blockquote>", {"type": "blockquote"}),
        ("<blockquote expandable>x</blockquote>", {"type": "expandable_blockquote"}),
        (
            '<tg-emoji emoji-id="5">x</tg-emoji>',
            {"type": "custom_emoji", "custom_emoji_id": "5"},
        ),
    ],
)
def test_tags(source: str, entity: dict[str, object]) -> None:
    assert parse_html(source) == ("x", [entity | {"offset": 0, "length": 1}])


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<script>x</script>", 'Unsupported start tag "script" at byte offset 0'),
        ("Я <p>x</p>", 'Unsupported start tag "p" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        (
            "<b><i>x</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("<b", "Unclosed start tag at byte offset 0"),
        ('<a "x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<b/>", 'Unsupported start tag "b/" at byte offset 0'),
        ("<b>x</b y>", "Unclosed end tag at byte offset 4"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_what_telegram_cannot_read(source: str, why: str) -> None:
    with pytest.raises(Violation) as no:
        parse_html(source)
    assert no.value.description == f"Bad Request: can't parse entities: {why}"


def test_only_four_names_are_read_and_only_whole() -> None:
    assert parse_html("&ltx &lt &nbsp; &AMP; &quot;")[0] == '&ltx < &nbsp; &AMP; "'


def test_ends_are_trimmed_and_entities_with_them() -> None:
    text, entities = formatted(" \n hi <b>you </b>\n ", "HTML", None)
    assert (text, entities) == ("hi you", [{"type": "bold", "offset": 3, "length": 3}])


def test_telegram_finds_commands_and_links_itself() -> None:
    text, entities = formatted("/start 😀 https://a.io a@b.io", None, None)
    assert [(e["type"], cut(text, e["offset"], e["length"])) for e in entities] == [
        ("bot_command", "/start"),
        ("url", "https://a.io"),
        ("email", "a@b.io"),
    ]


@pytest.mark.parametrize(
    "entity",
    [
        {"type": "bold", "offset": 0, "length": 9},
        {"type": "bold", "offset": 1, "length": 1},
        {"type": "bold", "offset": -1, "length": 1},
        {"type": "loud", "offset": 2, "length": 1},
    ],
)
def test_entities_outside_the_text_or_through_an_emoji(entity: dict[str, object]) -> None:
    with pytest.raises(Violation, match="can't parse entities"):
        formatted("😀 x", None, [entity])


@given(st.text(st.sampled_from("ab <>&😀\n"), min_size=1).filter(str.strip))
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(to_html(text, [])) == (text, [])


@given(
    st.lists(st.sampled_from(["<b>x</b>", "😀", "<i>y<u>z</u></i>", "<code>&lt;</code>", " q "]))
)
def test_formatting_survives_the_way_there_and_back(pieces: list[str]) -> None:
    once = parse_html("".join(pieces))
    assert parse_html(to_html(*once)) == once


def test_what_would_be_forgotten_or_never_read() -> None:
    bold = [{"type": "bold", "offset": 0, "length": 1}]
    with pytest.raises(Violation, match="would forget the entities"):
        formatted("x", "HTML", bold)
    with pytest.raises(Violation, match="text is too long"):
        formatted("<b></b>" * 5000, "HTML", None)
