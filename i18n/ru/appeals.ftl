# Оператор возражает против оценки или опоздания
appeal-button = Возразить
appeal-show = { $state ->
    [open] Возражение: ждёт
    [upheld] Возражение: не считается
   *[declined] Возражение: остаётся
}
appeal-ask = { $kind ->
    [rating] Почему оценка разговора № { $number } не должна считаться вашей?
   *[overdue] Почему опоздание в разговоре № { $number } не должно считаться вашим?
} Руководитель прочтёт это рядом с разговором и решит. /cancel отменит.
appeal-words = Напишите это текстом. /cancel отменит.
appeal-left = Оставили как есть.
appeal-title = <b>{ $kind ->
    [rating] Возражение против оценки
   *[overdue] Возражение против опоздания
}, № { $number }</b>
appeal-stars = { $row } { $name }
appeal-why = { $own ->
    [yes] <b>Вы пишете:</b>
   *[no] <b>Пишет { $name }:</b>
}
appeal-open = Решает руководитель.
appeal-decided = { $state ->
    [upheld] <b>Не считается</b> ни в одном показателе: { $name }, { $at }. Запись остаётся.
   *[declined] <b>Остаётся.</b> { $name }, { $at }.
}
appeal-effect = { $name }, { $days }: { $state ->
    [open] { $counted }; без этой записи { $excluded }.
    [upheld] было { $counted }, стало { $excluded }.
   *[declined] { $counted }.
}
appeal-uphold = Не считать
appeal-decline = Остаётся
appeal-decided-toast = Решено
appeal-note-ask = { $upheld ->
    [yes] Больше нигде не считается.
   *[no] Остаётся в показателях.
} Скажите одной фразой почему: оператор прочтёт. /skip, если сказать нечего.
appeal-note-sent = Передано.
appeal-no-note = Решено без пояснений.
appeal-list = <b>Операторы возражают</b>, { $count ->
    [one] { $count } запись
    [few] { $count } записи
   *[many] { $count } записей
}:
kpi-one-title = <b>№ { $number }.</b> { $name }
kpi-one-counts = Считается как: { $verdict }
kpi-one-open = Открыт с { $since }
kpi-one-closed = { $opened } – { $closed }, { $outcome ->
    [solved] решён
    [not_solved] не решён
    [spam] спам
    [no_answer] клиент замолчал
    [left] клиент ушёл
   *[none] закрыт
}
kpi-one-waits = Ждёт: { $since }, срок { $due }
kpi-one-waited = Ждал: { $since }, срок { $due }, конец { $ended }
kpi-one-messages = Все сообщения
kpi-one-entry = Запись в дневнике
kpi-one-back = Назад к записям
