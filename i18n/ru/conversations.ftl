# Клиенту
conversation-opened = Получили, номер обращения: { $number }. { $due ->
    [soon] Скоро ответим.
   *[other] Ответим до { $due }.
}
conversation-opened-closed = Получили, номер обращения: { $number }. Команда будет на связи с { $back }, ответим до { $due }.
conversation-privacy = Переписку храним, чтобы отвечать вам и работать лучше. Её видит только команда. Что хранится и как удалить: /privacy
conversation-many = Очень много сообщений сразу! Все сохранены, прочитаем по порядку.
conversation-banned = К сожалению, мы не можем принять ваше сообщение.
silent-reminder = Мы ответили по обращению № { $number } и ждём вас. Если вопросов нет, можно не писать: ждём до { $until } и закроем.
silent-closed = Мы закрыли обращение № { $number }: давно не было вестей от вас. Если вопрос остался, просто напишите.

# После закрытия
afterwards-question = Обращение № { $number } закрыто. О чём ваше сообщение?
afterwards-thanks = Просто спасибо
afterwards-still = Всё ещё про № { $number }
afterwards-new = Новый вопрос
afterwards-welcome = Всегда рады помочь.
afterwards-goes-on = { $choice ->
    [new] Новый вопрос, № { $number }.
   *[other] Обращение № { $number } снова открыто.
} { $due ->
    [soon] Скоро ответим.
   *[other] Ответим до { $due }.
}
afterwards-toast = { $choice ->
    [thanks] Спасибо!
    [new] Новый вопрос открыт
   *[other] Снова открыто
}

# Карточка разговора
conversation-offer = <b>{ $kind ->
    [again] Снова ждут ответа
   *[new] Новый вопрос
}, № { $number }</b>
conversation-unattended = <b>Никого нет на смене, № { $number }</b>
conversation-held = <b>№ { $number }, отвечаете вы</b>
conversation-follow-up = <b>№ { $number }, вы пишете клиенту</b>
conversation-follow-up-how = Ответы придут сюда. Закончить: «Готово» в тревоге.
conversation-customer = { $customer } · { $count ->
    [0] первый разговор
    [one] { $count } разговор раньше
    [few] { $count } разговора раньше
   *[many] { $count } разговоров раньше
}{ $stars ->
    [0] {""}
   *[other] , оценка { $stars }
}
conversation-diary = Дневник: { $line }
conversation-waits = С { $since }, ответить до { $due }
conversation-answered = Ответ отправлен: { $at }
conversation-more = № { $number }, { $customer }: { $count ->
    [one] ещё { $count } сообщение пришло сразу. Оно сохранено.
    [few] ещё { $count } сообщения пришли сразу. Они сохранены.
   *[many] ещё { $count } сообщений пришло сразу. Они сохранены.
}
conversation-more-button = { $count ->
    [one] Показать { $count }
    [few] Показать { $count }
   *[many] Показать { $count }
}
conversation-note = { $name } передаёт:
conversation-heard = { $name } говорит в голосовом:
conversation-taken = № { $number }: отвечает { $name }, с { $since }
conversation-closed = № { $number }: { $outcome ->
    [solved] решено
    [not_solved] не решено
    [spam] спам
    [left] клиент остановил бота
   *[no_answer] клиент не ответил
}. { $by ->
    [nobody] {""}
   *[somebody] { $name },{" "}
}{ $at }
conversation-priority-line = Приоритет: { $priority ->
    [urgent] срочный
    [high] высокий
    [low] низкий
   *[normal] обычный
}
conversation-label = № { $number } · { $customer }

# Кнопки карточки
conversation-take = Взять
conversation-answer = Ответить
conversation-outcome-button = { $outcome ->
    [solved] Решено
    [not_solved] Не решено
   *[spam] Спам
}
conversation-only-thanks = Только спасибо
conversation-hand-over = Передать
conversation-priority = Приоритет
conversation-history-button = История

# Ответы на касания
conversation-taken-toast = № { $number } у вас
conversation-chosen = Выбран разговор: { $customer }, № { $number }
conversation-shown = Показано ниже
conversation-closed-toast = № { $number } { $outcome ->
    [solved] закрыт: решено
    [not_solved] закрыт: не решено
   *[spam] закрыт: спам
}
conversation-as-it-was = № { $number } закрыт, как было
conversation-priority-ask = Какой приоритет у № { $number }?
conversation-priority-button = { $priority ->
    [urgent] Срочный: { $limit }
    [high] Высокий: { $limit }
    [low] Низкий: { $limit }
   *[normal] Обычный: { $limit }
}
conversation-priority-toast = № { $number }: { $priority ->
    [urgent] срочный
    [high] высокий
    [low] низкий
   *[normal] обычный
}
conversation-history = <b>История, № { $number }</b>
conversation-history-line = { $at } <b>{ $name }</b>: { $undone ->
    [yes] <s>{ $words }</s>
   *[no] { $words }
}

# Поторопить
conversation-nudge = <b>Пора ответить, № { $number }</b>
    { $customer } ждёт с { $since }, ответить до { $due }

# Что пишет оператор
conversation-nobody-on-shift = Сейчас у вас нет открытых разговоров, поэтому сообщение никому не ушло. Кто ждёт ответа: /queue
conversation-nobody-off-shift = Сейчас у вас нет открытых разговоров, поэтому сообщение никому не ушло. Начать смену: /shift
conversation-reply-to-card = Это никому не ушло: ответы на ту карточку никому не передаются. Чтобы написать клиенту, ответьте на его слова.
conversation-sent-closed = Отправлено. № { $number } остаётся закрытым.
conversation-undone = У клиента это сообщение удалено.
conversation-undo-how = Чтобы удалить своё сообщение у клиента, ответьте на него: /undo
conversation-undelivered = <b>Не доставлено, № { $number }</b>
    { $why ->
    [left] { $customer }: бот остановлен, написать нельзя.
   *[refused] { $customer }: Telegram не принял это сообщение.
}
conversation-undelivered-yours = <b>Это сообщение не удалось передать.</b> Пришлите его, пожалуйста, по-другому.
whose-question = <b>Кому это отправить?</b>
whose-nobody = Не отправлять
whose-sent = Отправлено: № { $number }, { $customer }
whose-toast = { $number ->
    [0] Не отправлено
   *[other] Отправлено: № { $number }
}

# /close
conversation-only-follow-up = Вы пишете клиенту после низкой оценки. Закончить: «Готово» в тревоге, найти её: /alerts
conversation-nothing-to-close = Сейчас у вас нет открытых разговоров.
conversation-close-which = Какой разговор закрыть?
conversation-close-how = С чем закрыть № { $number } ({ $customer })?

# Передача
handover-to-whom = Кому передать № { $number }?
handover-nobody = На смене больше никого нет: № { $number } передать некому.
handover-queue = В очередь
handover-me = Мне
handover-note = { $queue ->
    [yes] Несколько слов тому, кто возьмёт № { $number }? Напишите одним сообщением.
   *[no] Несколько слов о № { $number }? Напишите одним сообщением. Получит { $name }.
}
handover-note-words = Здесь нужен текст. Или передайте без слов; /cancel, чтобы не передавать.
handover-without-note = Передать без слов
handover-left = Хорошо, разговор остаётся как есть.
handover-done = { $queue ->
    [yes] № { $number } снова в очереди
   *[no] № { $number } передан: { $name }
}

# /queue
queue-title = <b>Открытые разговоры</b>
queue-empty = Никто не ждёт, открытых разговоров нет.
queue-line = № { $number } · { $customer } · { $priority ->
    [urgent] срочно ·{" "}
    [high] важно ·{" "}
    [low] не срочно ·{" "}
   *[normal] {""}
}{ $waits ->
    [yes] с { $since }, ответить до { $due }
    [follow-up] пишет руководитель
   *[no] ответ дан
} · { $who ->
    [nobody] в очереди
    [me] у вас
   *[other] { $holder }
}
queue-more = И ещё: { $count }
queue-take = Взять № { $number }
queue-answer = Ответить № { $number }
queue-open = Открыть № { $number }
queue-spam-button = Спам и «спасибо»: { $count }
queue-spam-title = <b>Закрыто как спам или «только спасибо» за 7 дней</b>
queue-spam-none = За 7 дней как спам или «только спасибо» ничего не закрыто.
queue-spam-line = № { $number } · { $customer } · { $what ->
    [thanks] только спасибо
   *[spam] спам
} · { $name }, { $at }
queue-spam-undo = Вернуть № { $number }
queue-spam-undone = № { $number } снова открыт

refused-not-on-shift = Сейчас этот человек не на смене.
refused-note-too-long = В заметку помещается до 1000 знаков. Напишите короче; /cancel, чтобы не передавать.
refused-still-banned = Этому клиенту закрыт доступ. Сначала верните доступ: /team
refused-too-late-to-undo = Telegram позволяет удалить сообщение только 48 часов.
refused-not-your-conversation = Этот разговор ведёте не вы, закрыть его может тот, кто отвечает.
refused-not-your-message = Удалить у клиента можно только своё сообщение.
