# Опрос после разговора
survey-question = Как прошёл разговор? Оператор: { $operator }. Одно касание, и готово.
survey-thanks = <b>Спасибо. Ваша оценка: { $stars } из 5.</b>
survey-changeable = Её можно изменить до { $until }.
survey-sorry = Нам жаль. Что было не так? Можно и словами.
survey-closed = Опрос закрыт. Спасибо, что обратились к нам.
survey-solved = Решено
survey-not-yet = Ещё нет
survey-reason = { $reason ->
    [slow] Долго
    [not_solved] Не решено
    [impolite] Невежливо
    [unclear] Непонятно
    [repeat] Пришлось повторять
    [product] Сам продукт
   *[other] Другое
}
survey-comment-kept = Спасибо, ваши слова записаны рядом с оценкой.
survey-no-comment = Это новый вопрос
survey-a-question = Хорошо, передали как вопрос № { $number }. { $due ->
    [soon] Скоро ответим.
   *[other] Ответим до { $due }.
}

# Ответы на касания
survey-saved = Записано: { $stars } из 5
survey-reason-ticked = Отмечено
survey-reason-unticked = Отметка снята
survey-solved-noted = Записано, спасибо

# Оценка глазами команды
survey-rating-title = <b>Оценка { $stars } из 5, № { $number }{ $ending } { $row }</b>
survey-rated-by = Клиент: { $customer }.
survey-reasons = { $count ->
    [one] Причина: { $reasons }.
    [few] Причины: { $reasons }.
   *[many] Причины: { $reasons }.
}
survey-reason-said = { $reason ->
    [slow] долго
    [not_solved] вопрос не решён
    [impolite] невежливо
    [unclear] непонятно
    [repeat] пришлось повторять
    [product] сам продукт
   *[other] другое
}
survey-kind = { $kind ->
    [photo] фото
    [voice] голосовое сообщение
    [video] видео
    [video_note] видеосообщение
    [audio] аудио
    [animation] анимация
    [document] файл
    [sticker] стикер
    [location] место
    [venue] место
    [contact] контакт
   *[other] сообщение
}
