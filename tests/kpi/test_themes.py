"""Themes and tone are what stands in a comment, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.themes import Lexicon, look_into, phrase_of, telling, usual


def themes(text: str, lexicon: Lexicon | None = None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for hit in look_into(text, lexicon or usual()).hits:
        found.setdefault(hit.about, []).append(hit.written)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Курьеры опять опоздали", {"delivery": ["Курьеры"], "repeat": ["опять"]}),
        ("Ждала курьера два часа", {"delivery": ["курьера"], "speed": ["Ждала"]}),
        ("Третий раз переносите!", {"delivery": ["переносите"], "repeat": ["Третий раз"]}),
        ("Когда вернёте деньги?", {"refund": ["вернёте", "деньги"]}),
        ("She was very rude", {"manner": ["rude"]}),
        (
            "Couriers delivered it in no time",
            {"delivery": ["Couriers", "delivered"], "speed": ["in no time"]},
        ),
        ("Всё отлично", {}),
        ("", {}),
        ("🙂 !!! 12345", {}),
    ],
)
def test_a_comment_has_the_themes_whose_words_stand_in_it(
    text: str, expected: dict[str, list[str]]
) -> None:
    assert themes(text) == expected


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("Спасибо, всё отлично", 1),
        ("Ужасно долго", -1),
        ("Не вежливо", -1),
        ("не очень хорошо", -1),
        ("без проблем, спасибо", 1),
        ("Not polite", -1),
        ("It wasn't helpful", -1),
        ("It wasn’t bad", 1),
        ("Thanks, but slow", 0),
        ("Заказ 4187", None),
    ],
)
def test_tone_is_of_words_that_sound_and_not_turns_them_around(
    text: str, tone: float | None
) -> None:
    assert look_into(text, usual()).tone == tone


def test_a_team_adds_words_takes_them_out_and_makes_themes() -> None:
    ours = usual().changed(
        [
            ("delivery", "коробка", True),
            ("packing", "мятая упаковка", True),
            ("speed", "ждать", False),
            ("delivery", "коробка", False),
            ("delivery", "Коробки", True),
        ]
    )
    assert themes("Ждали мятую упаковку в коробке", ours) == {
        "delivery": ["коробке"],
        "packing": ["мятую упаковку"],
    }
    assert themes("Ждали мятую упаковку в коробке") == {"speed": ["Ждали"]}
    alone = usual().changed([("own", "word", True), ("own", "word", False)])
    assert "own" not in alone.themes


def test_words_worth_offering_are_words_that_can_be_looked_for() -> None:
    offered = telling("Где же моя коробка, вообще? Нет коробки! And the boxes of yours", usual())
    assert set(offered.values()) == {"коробка", "boxes"}
    for lemma, words in offered.items():
        assert phrase_of(words) == (lemma,)


@given(st.text(max_size=200))
def test_no_text_breaks_it_and_every_hit_stands_in_it(text: str) -> None:
    found = look_into(text, usual())
    for hit in (*found.hits, *found.tones):
        for word in hit.written.split():
            assert word in text
    assert found.tone is None or -1 <= found.tone <= 1
    for lemma, words in telling(text, usual()).items():
        assert phrase_of(words) == (lemma,)
