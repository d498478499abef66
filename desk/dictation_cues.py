"""The words by which a dictated diary entry is divided, in both languages.

All is matched against lower case with е for ё. Misheard forms stand beside the right ones: "и ток"
is how "итог" is often written down.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from storage.models import Channel, DiaryStatus


class Kind(StrEnum):
    REQUEST = "request"
    DONE = "done"
    RESULT = "result"
    MOOD = "mood"
    STATUS = "status"


def _any(*words: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(words) + r")(?!\w)")


END = r"(?!\w)\s*[:,.—–-]*\s*"

LABELS: Mapping[Kind, re.Pattern[str]] = {
    Kind.REQUEST: re.compile(
        r"\b(?:запрос[ауеы]?|обращени[ею]|вопрос[ауе]?|проблем[аеуы]|просьб[аеуы]|суть"
        r"|(?:the )?(?:request|question|issue|problem)"
        r"(?! (?:is|was|has been )?(?:solved|closed|resolved)))"
        r"(?! (?:решен|закрыт|снят|не реш|исчерпан|solved|closed|resolved))" + END
    ),
    Kind.DONE: re.compile(
        r"\b(?:(?P<anywhere>что (?:было )?сделан[оаы]|what was done|(?<!все )(?<!все уже )"
        r"(?<!уже )(?<!было )(?<!не )(?<!статус )сделан[оаы](?= ))|сделан[оаы]|сделанному"
        r"|действи[яеи]|принятые меры|решени[ею]|(?:the )?(?:actions?|done|steps))" + END
    ),
    Kind.RESULT: re.compile(
        r"\b(?:(?P<anywhere>в (?:итоге|результате)|и тог|и т[оу]к(?= )|чем закончилось"
        r"|(?<!в )(?<!без )(?<!нет )(?<!о )(?<!за )(?<!этот )(?<!наш )"
        r"(?:итог|иток|результат)(?= )|as a result|in the end"
        r"|(?<!as a )(?<!no )(?<!the )(?:result|outcome)(?= ))"
        r"|итог[ауеи]?|иток|результат[ауеы]?|закончилось|заметк[аиу]|вывод|the (?:result|outcome)"
        r"|result|outcome|notes?)" + END
    ),
    Kind.MOOD: re.compile(r"\b(?:настроени[еяю]|the mood|mood)" + END),
    Kind.STATUS: re.compile(r"\b(?:статус|the status|status|statist)" + END),
}
"""Names of fields."""

ADD = re.compile(r"\b(?:добавь(?:те)?|добавить|допиши|дополни|add)(?: (?:к|в|to(?: the)?))?\s+$")
LEADS = re.compile(
    r"\b(?:исправь|исправить|замени|поменяй|измени|поправь|change|replace|correct)(?: the)?\s+$"
)
"""Before a label: more of it, or another."""

PLAIN: Mapping[Kind, re.Pattern[str]] = {
    Kind.REQUEST: _any(
        r"(?:по|за)?проси(?:л[аи]?|т)",
        r"(?:рас|раз)?с?проси(?:л[аи]?)",
        "спрашива(?:л[аи]?|ет)",
        "хо(?:тел[аи]?|чет)",
        "интересу(?:ется|ются)",
        "интересовал(?:ся|ась|ись)",
        "по?жаловал(?:ся|ась|ись)",
        "жалу(?:ется|ются)",
        "обратил(?:ся|ась|ись)",
        "сообщ(?:ил[аи]?|ает)(?= что|, что)",
        "узнавал[аи]?",
        "сказал[аи]?(?= что|, что)",
        "нуж(?:ен|на|но|ны)",
        "ask(?:ed|s)",
        "was asking",
        "want(?:ed|s)",
        "complain(?:ed|s)",
        "called about",
        "wrote about",
        "came about",
        "request(?:ed|s)",
        "inquired",
        "enquired",
        "need(?:ed|s)",
        "report(?:ed|s)",
        "said (?=that)",
        "would like",
        "wonder(?:ed|s)",
    ),
    Kind.DONE: _any(
        r"(?:мы|я) (?:\w+ ){0,2}?\w{2,}(?:л|ла|ли)(?:сь|ся)?",
        "оформил[аи]?",
        "вернул[аи]",
        "отправил[аи]?",
        "проверил[аи]?",
        "объяснил[аи]?",
        "подсказал[аи]?",
        "помог(?:л[аи])?",
        "заменил[аи]?",
        "помен+[яи]л[аи]?",
        "создал[аи]?",
        "передал[аиь]?",
        "перевел[аи]?",
        "исправил[аи]?",
        "нашел",
        "нашли",
        "высл[аоо]л[аи]?",
        "с?бросил[аи]?",
        "отменил[аи]?",
        "начислил[аи]?",
        "настроил[аи]?",
        "рассказал[аи]?",
        "ответил[аи]?",
        "продлил[аи]?",
        "подключил[аи]?",
        "восстановил[аи]?",
        "предложил[аи]?",
        "извинил(?:ся|ась|ись)",
        "перенесл[аи]",
        "прин[яи]ли",
        "записал[аи]?",
        "показал[аи]?",
        "дал[аи]? скидку",
        "сделали",
        "зарегистрировал[аи]?",
        "обновил[аи]?",
        "уточнил[аи]?",
        r"(?:i|we)(?:'ve| have)? (?:\w+ly |also |then )?"
        r"(?!(?:will|can|cannot|could|should|would|must|needs?"
        r"|want|am|are|is|was|were|have to)\b)\w+",
        "was refunded",
        "have been refunded",
    ),
    Kind.RESULT: _any(
        "договорились",
        "клиент\\w* согласил(?:ся|ась|ись)",
        "(?:все|теперь) (?:за)?работает",
        "so now",
        "it works now",
        "now it works",
        "(?:he|she|they|the customer) agreed",
        "we agreed",
    ),
}
"""Words that tell by themselves what is told."""

WEAK: Mapping[Kind, re.Pattern[str]] = {
    Kind.REQUEST: _any(
        "не может",
        "не могут",
        "не работает",
        "не приходит",
        "не приш(?:ел|л[аои])",
        "сломал\\w*",
        "слома[нл]\\w*",
        "cannot",
        "can't",
        "could not",
        "couldn't",
        "(?:do|did|does)(?: not|n't)",
        "is broken",
        "arrived broken",
    ),
    Kind.DONE: re.compile(r"(?!)"),
    Kind.RESULT: re.compile(r"(?!)"),
}
"""What a request often says, unless something is being told already."""

SUBJECT = re.compile(
    r"(?:\b(?:и|а|потом|затем|and|then|also)\s+)?\b(?:клиент(?:к[аи]|ы)?|клинтка|он|она|они|мы|я"
    r"|(?:the |a )?(?:customer|client)|he|she|they|we|i)\s+(?:also |еще |тоже )?"
)
"""Who did it: goes with the verb."""

CHANNELS: Sequence[tuple[re.Pattern[str], Channel]] = (
    (
        re.compile(
            r"(?:^|[.!?]\s*)(?:клиент\w* )?приш(?:ел|ла|ли)\b|\bприш(?:ел|ла|ли) (?:к нам|в"
            r" (?:офис|эфис|магазин|салон|отделение))|\bзаш(?:ел|ла|ли) (?:к нам|в)"
            r"|\bв офисе\b|\bвизит\b"
            r"|\bличн(?:о|ая встреча)\b|\bcame (?:to|in|by)\b|\bvisited\b|\bwalked in\b"
            r"|\bin person\b"
        ),
        Channel.VISIT,
    ),
    (
        re.compile(
            r"(?<!пере)\b(?:по)?звонил[аи]?\b|\bзвонок\b|\bпо телефону\b|(?<!back )\bphoned\b"
            r"|\bcalled\b|\brang\b|\bon the phone\b|\bby phone\b|\bphone call\b"
        ),
        Channel.PHONE,
    ),
    (
        re.compile(
            r"\bнаписал[аи]? (?:нам )?(?:на|по) (?:электронн\w+ )?почт[уе]"
            r"|\bпо (?:электронной )?почте\b"
            r"|\bприслал[аи]? (?:письмо|имейл)|\bв письме\b|\b(?:sent|wrote)(?: us)? an e-?mail\b"
            r"|\be-?mailed\b(?! (?:him|her|them))|\bby e-?mail(?: from)\b|\bfrom an e-?mail\b"
        ),
        Channel.EMAIL,
    ),
    (
        re.compile(
            r"\bв чат\w*|\b(?:on|in|by|through) (?:the |our )?(?:web |live |online )*chat\b"
        ),
        Channel.CHAT,
    ),
    (
        re.compile(
            r"\bв (?:ватсап|вотсап|вайбер|мессенджер|соцсет)\w*|\bwhats ?app\b|\bviber\b"
            r"|\bmessenger\b"
        ),
        Channel.MESSENGER,
    ),
)
"""How they were in touch: the first that is heard."""

CONTACT = re.compile(
    r"(?:(?:телефон|номер|контакт|phone|number|contact)(?: is)?[:\s]*)?"
    r"((?:\+?\d[\d\s()-]{8,18}\d)|[\w.+-]+@[\w-]+\.\w+)"
)

_WAS = r"(?:сегодня |вчера |только что |снова |опять )?"
INTRODUCED: Sequence[re.Pattern[str]] = (
    re.compile(
        rf"\b{_WAS}(?:по)?звонил[аи]?,? (?:нам |мне )?(?:(?:клиентк?а?|покупатель(?:ница)?),? )?"
        r"|\b(?:звонок|письмо) от (?:клиента |клиентки )?"
    ),
    re.compile(
        r"\bприш(?:ел|ла|ли),? (?:(?:к нам |в (?:офис|магазин|салон|отделение)) )?"
        r"(?:(?:клиентк?а?|покупатель(?:ница)?),? )?"
    ),
    re.compile(r"\bнаписал[аи]? (?:нам )?(?:на почту |в чат )?(?:клиентк?а? )?"),
    re.compile(r"\b(?:клиентк?[аеуи]?|покупатель(?:ница)?),? (?:это |зовут )?"),
    re.compile(r"\b(?:зовут|имя)(?: клиент\w*)?,? "),
    re.compile(r"\b(?:разговаривал[аи]?|говорил[аи]?|общал(?:ся|ась|ись)|беседовал[аи]?) с "),
    re.compile(r"\b(?:name is|named|call from|(?:spoke|talked) (?:to|with)|met (?:with )?) "),
    re.compile(r"\b(?:the )?(?:customer|client),? (?:is )?"),
)
"""A name may follow."""
NAMED_BEFORE = re.compile(r"\b(?:called|came|phoned|rang|wrote|visited|e-?mailed|sent an email)\b")
"""A name may stand before."""
ONLY_GOING_ON = re.compile(
    r"(?:^|[.!?]\s*)(?:(?:the |a )?(?:customer|client) (?:called|wrote|came)(?: and)?"
    r"|(?:клиентк?а? )?(?:по)?(?:звонил|написал|пришел|пришла)[аи]?(?: клиентк?а?)?"
    r"(?: в чат| на почту| в офис)?(?: и)?)(?=[\s,.]|$)"
)
"""That somebody called is no request."""
TRAILS = (
    "почту",
    "почте",
    "телефону",
    "телефон",
    "чат",
    "офис",
    "магазин",
    "салон",
    "email",
    "e-mail",
    "phone",
    "office",
    "shop",
    "store",
    "chat",
    "и",
    "and",
)

_TO = r"(?:(?:надо|нужно|необходимо|не забыть|to|will|should|must|need to|please|i'll|we'll) )?"
FOLLOW_FOR_SURE = re.compile(
    _TO + r"(?:перезвон(?:ить|ю|им|ите|и)|напомн(?:ить|и|ите)|связать?ся|свяж(?:усь|емся)"
    r"|вернуться к|follow(?:ing)?(?: it)?[ -]?up|remind me|get back to|call(?: \w+)? back)\b"
)
FOLLOW = re.compile(
    r"\b" + _TO + r"(?:перезвон(?:ить|ю|им|ите|и)|позвон(?:ить|ю|им|ит)|напомн(?:ить|и|ите)"
    r"|связать?ся|свяж(?:усь|емся)|проверить|провер(?:ю|им)|вернуться к|уточн(?:ить|ю|им)"
    r"|отписаться|написать|напишу|follow(?:ing)?(?: it)?[ -]?up|follow it|remind me|get back to"
    r"|call(?: \w+)? back|call(?: again| \w+ again)?|check(?: again)?|ring|contact|write)"
    r"(?: (?:с ним|с ней|ему|ей|еще раз|снова|мне|him|her|them|again|клиент\w*|with \w+))*(?!\w)"
)
"""What is still to be done; without a moment only what is said for sure."""

_Q = r"(?:вопрос|проблема|тема|заявка|обращение|issue|problem|question|case|ticket|request)"
_S = r"(?:статус|the status|status|statist)[:,.]?\s*(?:is |теперь )?"
STATUSES: Sequence[tuple[re.Pattern[str], DiaryStatus, bool]] = (
    (
        re.compile(_S + r"(?:открыт\w*|в работе|не решен\w*|open|pending|in progress)\b"),
        DiaryStatus.OPEN,
        True,
    ),
    (
        re.compile(
            _S + r"(?:готов\w*|закрыт\w*|решен\w*|сделан\w*|done|closed|resolved|solved|ready)\b"
        ),
        DiaryStatus.DONE,
        True,
    ),
    (re.compile(_S + r"(?:проверить|follow[ -]?up)\b"), DiaryStatus.FOLLOW_UP, True),
    (
        re.compile(
            rf"\b{_Q} (?:еще |пока |is |still )*(?:не решен\w*|открыт\w*"
            r"|not (?:solved|resolved)|unsolved|open)\b"
        ),
        DiaryStatus.OPEN,
        True,
    ),
    (
        re.compile(
            rf"\b(?:the )?{_Q} (?:is |was |уже |полностью )*(?:решен\w*|закрыт\w*"
            r"|снят\w*|исчерпан\w*|solved|closed|resolved)\b"
        ),
        DiaryStatus.DONE,
        True,
    ),
    (
        re.compile(r"\bвсе (?:уже )?(?:сделано|готово|решено)\b|\ball done\b"),
        DiaryStatus.DONE,
        True,
    ),
    (re.compile(r"\bостал(?:ся|ось|ась) открыт\w*|\bstill open\b"), DiaryStatus.OPEN, True),
    (re.compile(r"\b(?:ждем|ожидаем|жду|we are waiting|waiting for)\b"), DiaryStatus.OPEN, False),
)
"""With whether the words say nothing else."""
DONE_ALONE = re.compile(
    r"(?:(?<=[.!?,;] )|^|(?<=\s))(?:готов[оаы]|закрыто|решено|завершено|closed"
    r"|resolved|solved)(?=\s*(?:[.!?]|$))"
    r"|(?<=\s)done(?=\s*[.!]?\s*$)"
)

_WHO = (
    r"(?:\b(?:клиент\w*|клинтка|он|она|настроени[еяю](?: у клиент\w*)?"
    r"|(?:the )?(?:customer|client)|he|she|(?:the )?mood)[,:]?\s+)?"
    r"(?:\b(?:и|был[аио]?|остал(?:ся|ась|ось)|is|was|seems|seemed"
    r"|were|feels|still|все еще|еще|очень|very|really|so|quite|вполне|сейчас|and)\s+)*"
)


def _mood(*words: str) -> re.Pattern[str]:
    return re.compile(_WHO + r"\b(?:" + "|".join(words) + r")(?!\w)")


MOODS: Sequence[tuple[re.Pattern[str], int]] = (
    (
        _mood(
            "не ?довол(?:ен|ьна|ьно|ьны[йе]?)",
            "расстроен[аоы]?",
            "огорчен[аоы]?",
            "обижен[аоы]?",
            "обиделс[ья]",
            "плохо[ей]",
            "не рад[аы]?",
            "разочарован[аы]?",
            "раздражен[аы]?",
            "unhappy",
            "not (?:very |so )?(?:happy|satisfied|pleased|glad)",
            "upset",
            "displeased",
            "disappointed",
            "annoyed",
            "dissatisfied",
            "bad",
            "sad",
        ),
        2,
    ),
    (
        _mood(
            "зл(?:ой|ая|ится)",
            "сердит(?:ый|ая|ся)?",
            "в ярости",
            "кричал[аи]?",
            "ругал(?:ся|ась)",
            "взбешен[аы]?",
            "возмущен[аы]?",
            "в бешенстве",
            "ужасно[ей]",
            "angry",
            "furious",
            "shouting",
            "shouted",
            "yelling",
            "yelled",
            "mad",
            "terrible",
        ),
        1,
    ),
    (
        _mood(
            "(?:очень |very |так )(?:довол(?:ен|ьна)|happy|satisfied|pleased)",
            "рад[аы]?",
            "в восторге",
            "счастлив[аы]?",
            "благодарил[аи]?",
            "поблагодарил[аи]?",
            "благодар(?:ен|на)",
            "отлично[ей]",
            "отличны[ейх]+",
            "радостно[ей]",
            "прекрасно[ей]",
            "happy",
            "glad",
            "grateful",
            "delighted",
            "thankful",
            "excellent",
            "great",
            "thanked (?:us|me)",
        ),
        5,
    ),
    (
        _mood(
            "довол(?:ен|ьна|ьно)(?= |[.,!?]|$)",
            "спокой?н[аоы]?",
            "спокоен",
            "спокойн(?:ый|ая|ое)",
            "хорош(?:ее|ие|ий)",
            "все устроило",
            "satisfied",
            "pleased",
            "calm",
            "good",
            "content",
        ),
        4,
    ),
    (
        _mood(
            "нейтральн(?:ое|о|ый|ая)",
            "ровн(?:ое|о|ый)",
            "нормальн(?:ое|о|ые|ый)",
            "обычн(?:ое|о|ый)",
            "neutral",
            "even",
            "normal",
            "okay",
            "ok",
            "fine",
            "so[- ]so",
        ),
        3,
    ),
)
"""From 1 (angry) to 5 (glad), as the diary's buttons say it."""
