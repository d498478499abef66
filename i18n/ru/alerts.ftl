# Низкая оценка
alert-ending = { $state ->
    [done] : сделано
    [fixed] : исправлено
    [withdrawn] : отозвано
   *[other] {""}
}
alert-people = Клиент: { $customer }. Оператор: { $operator }.
alert-was = До этого было: { $lowest } из 5.
alert-last-words = Последние сообщения:
alert-line = { $name }: «{ $words }»
alert-diary = Дневник: { $line }
alert-earlier = Прежние оценки: { $ratings }
alert-nobody = Пока никто не взял.
alert-again = Клиент ответил: ещё нет. Кто занимался: { $name }.
alert-reminder = { $when ->
    [today] В { $at } напомним.
   *[later] Напомним: { $at }.
}
alert-mine = <b>Занимаетесь вы</b>, с { $since }
alert-not-done = Взято и ещё не сделано.
alert-theirs = Занимается { $name }, с { $since }
alert-free = Взято и ещё не сделано. Теперь может взять любой.
alert-done = Сделано: { $name }, { $at }
alert-withdrawn = Клиент повысил оценку, прежде чем кто-то взял. Делать ничего не нужно.
alert-asked-fixed = Спросили клиента, всё ли теперь в порядке.
alert-take = Взять
alert-write = Написать
alert-call-back = Позвонить
alert-done-button = Готово…

# Ответы на касания
alert-taken = Теперь занимаетесь вы
alert-writing = Разговор снова открыт, ответы клиента придут вам
alert-asking-number = Спросили номер у клиента
alert-shown = Показано ниже
alert-answer-noted = Спасибо, записано

# Готово
alert-note-ask = Что сделано по разговору № { $number }? Напишите одним сообщением. /skip — без заметки, /cancel — оставить как есть.
alert-note-expected = Здесь нужен текст: что сделано. Или /skip — без заметки, /cancel — оставить как есть.
alert-note-saved = Записано: № { $number } сделано.
alert-note-left = Хорошо, всё остаётся как есть.
alert-fixed-question = По разговору № { $number } мы всё поправили. Теперь в порядке?
alert-fixed-yes = Да
alert-fixed-not-yet = Ещё нет
alert-fixed-thanks = Спасибо. Хорошо, что теперь всё в порядке.
alert-fixed-again = Спасибо за ответ. Занимаемся этим снова.

# Звонок
alert-call-ask = Хотим позвонить вам по разговору № { $number }. Поделитесь номером кнопкой ниже или напишите его сообщением.
alert-call-share = Отправить мой номер
alert-call-thanks = Спасибо, номер записан.
alert-call-when = Позвоним по номеру { $phone }. Когда вам удобно?
alert-call-time = { $when ->
    [now] Сейчас
    [hour] Через час
   *[evening] Вечером
}
alert-call-words = Другое время
alert-call-words-ask = Напишите, когда вам удобно, например: завтра после 18. /cancel — не нужно.
alert-call-words-expected = Здесь нужен текст: когда вам удобно. Или /cancel — не нужно.
alert-call-words-left = Хорошо. Время можно выбрать и кнопкой.
alert-call-agreed = Позвоним по номеру { $phone }. Время: { $at }
alert-call-agreed-words = Позвоним по номеру { $phone }. Время:
alert-call-asked = У клиента спросили номер для звонка: { $at }. Ответа пока нет.
alert-call-known = Прежний номер: { $phone }
alert-call = Позвонить: { $phone }
alert-call-at = Позвонить: { $phone }, { $at }

# Поздний ответ
alert-late-title = <b>Поздний ответ, № { $number }{ $end ->
    [none] {""}
    [answered] : ответ дан
   *[other] : больше не ждут
}</b>
alert-late-see = Открыть разговор
alert-late-hand-over = Передать
alert-late-queue = Клиент: { $customer }. Оператора пока нет: разговор в очереди.
alert-late-waits = Ожидание с { $since }, лимит { $limit }.
alert-late-answered = Ответ через { $after } при лимите { $limit }.
alert-late-ended = { $end ->
    [left] Клиент остановил бота. Лимит был { $limit }.
    [spam] Закрыто как спам. Лимит был { $limit }.
    [thanks] Это была только благодарность. Лимит был { $limit }.
   *[closed] Закрыто без ответа при лимите { $limit }.
}

# Много поздних ответов сразу
alert-digest = <b>{ $waiting ->
    [0] Поздние ответы: больше никто не ждёт
    [one] Поздние ответы: ждёт { $waiting } клиент
    [few] Поздние ответы: ждут { $waiting } клиента
   *[many] Поздние ответы: ждут { $waiting } клиентов
}</b>
alert-digest-waits = № { $number }: { $customer }, с { $since }. Оператор: { $operator }.
alert-digest-queue = № { $number }: { $customer }, с { $since }. В очереди.
alert-digest-answered = № { $number }: { $customer }, ответ через { $after }.
alert-digest-over = № { $number }: { $customer }, больше не ждут.

# /alerts
alert-none = Открытых тревог нет.
alert-list = <b>Открытых тревог: { $count }</b>
alert-list-open = № { $number }: оценка { $stars } из 5, с { $since }. Никто не взял.
alert-list-again = № { $number }: оценка { $stars } из 5, с { $since }. Клиент ответил: ещё нет.
alert-list-taken = № { $number }: оценка { $stars } из 5, с { $since }. Занимается { $name }.
alert-list-late = № { $number }: поздний ответ, с { $since }.
alert-list-more = И ещё: { $count }.
alert-list-button = № { $number }
