# Дневник: запись, пока её пишут
diary-title = <b>Дневник</b>
diary-title-number = <b>Дневник, № { $number }</b>
diary-title-channel = <b>Дневник, { $channel }</b>
diary-channel = { $channel ->
    [telegram] Telegram
    [phone] телефон
    [email] почта
    [chat] чат
    [messenger] мессенджер
    [visit] визит
   *[none] канал не указан
}
diary-when-where = { $at }, { $channel }
diary-customer = Клиент: { $customer }
diary-words = { $field ->
    [request] Запрос: { $words }
    [done] Сделано: { $words }
   *[result] Результат: { $words }
}
diary-mood = { $mood ->
    [1] сердитое, 1 из 5
    [2] недовольное, 2 из 5
    [3] ровное, 3 из 5
    [4] спокойное, 4 из 5
    [5] радостное, 5 из 5
   *[0] не отмечено
}
diary-mood-line = Настроение: { $mood }
diary-status = { $status ->
    [done] готово
    [open] открыто
    [follow_up] проверить, дата не выбрана
   *[none] не отмечен
}
diary-status-when = { $day ->
    [today] проверить сегодня в { $at }
   *[other] проверить { $at }
}
diary-status-line = Статус: { $status }
diary-photos = Фото: { $count }

# Предложение после разговора
diary-offer = Отметьте настроение и статус, остальное можно добавить словами.
diary-write = { $begun ->
    [yes] Продолжить
   *[no] Написать
}
diary-save = Сохранить
diary-saved = Сохранено в дневнике.
diary-not-yet = Сначала выберите, когда проверить.

# Шаги
diary-ask = { $step ->
    [time] Когда это было? Нажмите кнопку или напишите: «14:30», «вчера 10:00», «12.03 15:00».
    [channel] Как связались с клиентом?
    [customer] Кто клиент? Имя и контакт через запятую, например: «Павел, +7 900 000-00-00». Подойдёт и карточка контакта.
    [request] С чем обратился клиент? Текст или фото с подписью.
    [done] Что сделано? Текст или фото с подписью.
    [result] Чем закончилось? Результат или заметки.
    [mood] Какое настроение у клиента? От 1 (сердитое) до 5 (радостное).
    [status] Какой статус?
    [when] Когда проверить? Нажмите кнопку или напишите: «завтра 15:00», «12.03 10:00», «через 2 часа».
    [fields] Что исправить?
   *[preview] Всё верно?
}
diary-hint = { $hint ->
    [button] Здесь нужна одна из кнопок ниже.
    [moment] Здесь нужна кнопка или время словами.
    [words] Здесь подойдут текст или фото с подписью. Такое сообщение в дневник не попало.
    [voice] Диктовка здесь выключена, напишите текстом. Запись и всё введённое сохранены.
    [later] Запись сохранена: распознавание ещё не готово. Попытка повторится, и сказанное появится здесь само; или напишите.
    [silent] В записи ничего не удалось разобрать. Она сохранена; повторите ближе к микрофону или напишите.
    [foreign] Похоже, это не русский и не английский. Запись сохранена; повторите или напишите.
    [broken] Этот файл не удалось прочитать как звук. Он сохранён; пришлите другой или напишите.
    [long] Распознаются записи до 10 минут и до 20 МБ. Эта сохранена; скажите короче или напишите.
    [photo] Фото сохранено. Можно добавить слова или идти дальше.
    [more] Длинный текст принят целиком. Если это не всё, пришлите продолжение, иначе нажмите «Дальше».
    [first] Это первый шаг.
    [date] Выберите, когда проверить: без даты напоминания не будет.
    [passed] Этот момент уже прошёл.
    [ahead] Этот момент ещё не наступил.
    [far] Слишком далеко: больше года.
   *[unreadable] Не получилось прочитать дату или время.
}
diary-listening = { $ahead ->
    [0] Слушаю.
    [one] Слушаю. Перед вашей { $ahead } запись.
    [few] Слушаю. Перед вашей { $ahead } записи.
   *[many] Слушаю. Перед вашей { $ahead } записей.
} { $minutes ->
    [0] Через несколько секунд сказанное появится здесь.
   *[other] Сказанное появится здесь примерно через { $minutes } мин.
}
diary-voices = Записей голоса: { $count }
diary-heard = Услышано: «{ $words }»
diary-heard-late = Надиктованное распознано, когда запись уже была закрыта, и в неё не вошло: { $words }
diary-ago = { $ago ->
    [m30] Полчаса назад
    [m60] Час назад
    [m120] 2 часа назад
   *[mnow] Сейчас
}
diary-status-button = { $status ->
    [done] Готово
    [open] Открыто
   *[follow_up] Проверить…
}
diary-later = { $later ->
    [evening] Сегодня в 18:00
    [tomorrow] Завтра в 10:00
    [days3] Через 3 дня
   *[monday] В понедельник
}
diary-skip = { $answered ->
    [yes] Дальше
   *[no] Пропустить
}
diary-back = Назад
diary-cancel = Отмена
diary-clear = Убрать это
diary-about = № { $number }, { $name }
diary-correct = Исправить
diary-again = Заново
diary-field = { $field ->
    [time] Время
    [channel] Канал
    [customer] Клиент
    [request] Запрос
    [done] Сделано
    [result] Результат
    [mood] Настроение
    [status] Статус
   *[when] Когда проверить
}
diary-no-photos = Убрать фото
diary-aside = { $what ->
    [entry] Исправление отложено, запись осталась прежней.
   *[new] Запись не закончена и отложена. Всё введённое на месте.
}
diary-continue = Продолжить
diary-unfinished = У вас есть незаконченная запись.
diary-new = Новая запись
diary-cancelled = Отменено. В дневнике всё по-прежнему.
refused-nothing-to-save = Сохранять пока нечего: отметьте настроение или статус либо напишите пару слов.
refused-draft-aside = Эта запись отложена. Нажмите «Продолжить» под ней.
refused-draft-saved = Эта запись уже в дневнике. Найти и исправить: /diaries

# Сохранённая запись
entry-by = Автор: { $name }
entry-saved = { $version ->
    [1] Сохранено: { $at }
   *[other] Версия { $version }, сохранено: { $at }
}
entry-reopened = Разговор продолжался и закрыт снова: { $at }. Если что-то изменилось, исправьте запись.
entry-whole = Открыть целиком
entry-photos = Показать фото
entry-photo = { $title }: фото { $number } из { $count }
entry-customer = Все о клиенте
entry-before = Прежняя версия
entry-open = Открыть запись
entry-number = № { $number }
entry-page-title = <b>{ $title }</b>
    Версия { $version }, { $page } из { $pages }
entry-next-page = Дальше
entry-field = { $field ->
    [request] Запрос
    [done] Сделано
   *[result] Результат
}

# Напоминание
followup-title = <b>Пора проверить: { $title }</b>
followup-done = Отмечено: готово.
followup-moved = Перенесено: { $at }
followup-done-button = Готово
followup-tomorrow = Завтра в 10:00

# Список
entries-title = <b>Дневник</b>, { $count ->
    [one] { $count } запись
    [few] { $count } записи
   *[many] { $count } записей
}
entries-searched = Поиск: { $words }
entries-line = <b>{ $number }.</b> { $at } · { $about }
entries-words = { $words }
entries-none = { $searched ->
    [yes] Ничего не нашлось. Попробуйте другое слово или имя.
   *[no] Записей пока нет. Первая: /diary
}
entries-newer = ◀ Новее
entries-older = Раньше ▶
entries-search = Найти
entries-all = Показать все
entries-ask = Какие слова искать? Подойдут имя клиента, контакт, номер разговора или слова из записи. Передумали: /cancel
entries-words-needed = Поиск идёт по словам: напишите их текстом. Передумали: /cancel
entries-not-searched = Поиск отменён.
