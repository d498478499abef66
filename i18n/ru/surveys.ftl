# Опрос после разговора
survey-question = Как прошёл разговор? Оператор: { $operator }. Одно касание, и готово.
survey-thanks = <b>Спасибо. Ваша оценка: { $stars } из 5.</b>
survey-changeable = Её можно изменить до { $until }.
survey-sorry = Нам жаль. Что было не так? Можно и словами.
survey-closed = Опрос закрыт. Спасибо, что обратились к нам.
survey-reason = { $reason ->
    [slow] Долго
    [not_solved] Не решено
    [impolite] Невежливо
    [unclear] Непонятно
    [repeat] Пришлось повторять
    [product] Сам продукт
   *[other] Другое
}
survey-asks-solved = Вопрос решён?
survey-asks-satisfied = Устроили ли вас ответы?
survey-asks-professional = Отвечали ли вам адекватно и профессионально?
survey-asks-nps = Порекомендуете ли вы нас знакомым? 0: точно нет, 10: точно да.
survey-asks-ces = «Решить мой вопрос было легко». 1: совсем не так, 7: именно так.
survey-says-solved = { $answer ->
    [yes] Решено
   *[no] Ещё нет
}
survey-says-satisfied = { $answer ->
    [yes] Устроили
   *[no] Не устроили
}
survey-says-professional = { $answer ->
    [yes] Профессионально
   *[no] Не совсем
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
survey-noted = Записано, спасибо

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
