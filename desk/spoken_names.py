"""Names as they are heard: "с Анной Петровой", "john smith called"; given back as people write
them, in the nominative."""

import re
from dataclasses import dataclass

WOMEN = (
    "анна ана мария марина ольга елена алена наталья наталия екатерина татьяна ирина светлана"
    " юлия анастасия дарья виктория ксения александра евгения полина вера надежда любовь галина"
    " людмила лариса валентина нина тамара зинаида алла инна жанна яна кристина алина карина"
    " диана маргарита софия софья елизавета василиса ева арина милана валерия вероника кира лилия"
    " регина эльвира гульнара альбина камила айгуль оксана снежана антонина раиса лидия ульяна"
    " варвара лена катя таня ира света юля настя даша вика ксюша саша женя оля наташа маша люда"
    " галя лариса надя люба рита соня лиза"
)
MEN = (
    "александр алексей андрей антон артем артур борис вадим валентин валерий василий виктор"
    " виталий владимир владислав вячеслав геннадий георгий григорий денис дмитрий евгений егор"
    " иван игорь илья кирилл константин лев леонид максим марк матвей михаил никита николай олег"
    " павел петр роман руслан рустам семен сергей станислав степан тимофей тимур федор филипп"
    " эдуард юрий яков ярослав арсений данил даниил марат ринат ильдар азат армен ашот вася коля"
    " дима паша миша леша сережа петя костя вова витя гриша"
)
ENGLISH = (
    "james john robert michael william david richard joseph thomas charles christopher daniel"
    " matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george edward"
    " ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin"
    " scott brandon benjamin samuel gregory frank alexander raymond patrick jack dennis jerry"
    " peter henry adam nathan douglas zachary kyle walter ethan jeremy harold keith christian"
    " roger noah gerald carl terry sean austin arthur lawrence jesse dylan bryan joe jordan billy"
    " bruce albert willie gabriel logan alan juan wayne roy ralph randy eugene vincent russell"
    " louis philip bobby johnny victor martin oliver harry tom ben sam max luke leo"
    " mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty"
    " margaret sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah"
    " stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma"
    " nicole helen samantha katherine christine debra rachel carolyn janet catherine maria heather"
    " diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith"
    " megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn"
    " janice jean abigail alice julia judy sophia grace denise amber doris marilyn danielle"
    " beverly isabella theresa diana natalie brittany charlotte marie kayla alexis lori kate jane"
    " claire lucy"
)

MALE = "я ю ем е"
FEMALE = {"а": "ы у ой е ою", "я": "и ю ей е ею", "ь": "и ью"}
"""Endings of the other cases by the last letter of the nominative."""
OBLIQUE = {
    name[:-1] + ending: name
    for name in WOMEN.split()
    for ending in FEMALE.get(name[-1], "").split()
}
OBLIQUE |= {
    name[:-1] + ending: name
    for name in MEN.split()
    if name[-1] in "йья"
    for ending in (MALE if name[-1] in "йь" else FEMALE["я"]).split()
}
OBLIQUE |= {
    name + ending: name
    for name in MEN.split()
    if name[-1] not in "аяйь"
    for ending in ("а", "у", "ом", "е")
}
OBLIQUE |= {"павла": "павел", "павлу": "павел", "павлом": "павел", "льва": "лев", "петра": "петр"}
FIRST_NAMES = {**OBLIQUE, **{name: name for name in f"{WOMEN} {MEN} {ENGLISH}".split()}}

SURNAME = re.compile(
    r"[а-я]+(?:(?:ов|ев|ин|ын)(?:а|ой|у|ым)?|(?:ск|цк)(?:ий|ая|ого|ому|им|ой|ую)|енко|ук|юк|ич"
    r"|ян|дзе|швили)"
)
NOMINATIVE = (
    (re.compile(r"(ов|ев|ин|ын)ой$"), r"\1а"),
    (re.compile(r"(ов|ев|ин|ын)ым$"), r"\1"),
    (re.compile(r"(ск|цк)(?:ого|ому|им)$"), r"\1ий"),
    (re.compile(r"(ск|цк)(?:ой|ую)$"), r"\1ая"),
)
NO_NAMES = (
    "магазин один два три клиент клиентка он она мы я меня вопрос запрос итог результат сделано"
    " статус настроение готово товар заказ она просил просила хотел хотела новый новая ещё еще"
    " вчера сегодня завтра утром вечером днем снова опять и а но с по в на из от до что как"
    " customer client the a an he she they we i it somebody someone and then who to about request"
    " done result status mood yesterday today tomorrow again in on at is was said asked wanted"
    " this his her my our their but so also just"
)
NEVER = frozenset(NO_NAMES.split())
WORD = re.compile(r"[A-Za-zА-Яа-яЁё]+(?:['-][A-Za-zА-Яа-яЁё]+)?")


@dataclass(frozen=True, slots=True)
class Name:
    words: str
    start: int
    end: int


def after(text: str, place: int) -> Name | None:
    """The name that begins at `place`, of one to three words; None: something else does."""
    words: list[str] = []
    start = end = place
    while len(words) < 3 and (found := WORD.match(text, end + bool(words))) is not None:
        if words and text[end] != " ":
            break
        if not _is_name(found[0], words):
            break
        start = found.start() if not words else start
        words.append(found[0])
        end = found.end()
    return Name(_written(words), start, end) if words else None


def before(text: str, place: int) -> Name | None:
    """The name that ends right before `place` ("Anna Brown called") and begins a sentence."""
    head = text[:place].rstrip()
    begins = max(head.rfind(sign) for sign in ".!?,;\n") + 1
    start = begins + len(head[begins:]) - len(head[begins:].lstrip())
    found = after(head, start)
    return found if found is not None and found.end == len(head) else None


def _is_name(word: str, before: list[str]) -> bool:
    plain = word.lower().replace("ё", "е")
    if plain in NEVER:
        return False
    if plain in FIRST_NAMES or word[0].isupper():
        return True
    if not before or before[-1].lower() not in FIRST_NAMES:
        return False
    english = word.isascii() and len(before) == 1
    return SURNAME.fullmatch(plain) is not None or english


def _written(words: list[str]) -> str:
    """In the nominative, with capital letters."""
    given = [_first(word) for word in words]
    declined = any(
        g.lower() != w.lower().replace("ё", "е") for g, w in zip(given, words, strict=True)
    )
    return " ".join(_surname(word) if declined else word for word in given)


def _first(word: str) -> str:
    plain = word.lower().replace("ё", "е")
    return FIRST_NAMES[plain].capitalize() if plain in FIRST_NAMES else word[0].upper() + word[1:]


def _surname(word: str) -> str:
    for oblique, nominative in NOMINATIVE:
        if oblique.search(word):
            return oblique.sub(nominative, word)
    return word
