# Моменты и промежутки
moment-tomorrow = завтра, { $clock }
moment-yesterday = вчера, { $clock }
moment-by-tomorrow = { $clock } завтра
moment-since-yesterday = { $clock } вчера
moment-day = { $day }, { $clock }
moment-date = { $day } { $month ->
    [m1] января
    [m2] февраля
    [m3] марта
    [m4] апреля
    [m5] мая
    [m6] июня
    [m7] июля
    [m8] августа
    [m9] сентября
    [m10] октября
    [m11] ноября
   *[m12] декабря
}
span-days = { $count } д
span-hours = { $count } ч
span-minutes = { $count } мин
span-seconds = { $count } с

# Отказы
refused-not-yours = Эта кнопка не для вас или уже не действует.
refused-not-allowed = Для этого нужна другая роль. Что можно вам: /help
refused-too-late = Уже поздно: с тех пор всё изменилось.
refused-too-fast = Слишком часто. Подождите минуту и попробуйте ещё раз.
refused-taken-by = Этим уже занимается { $name }.
refused-cannot-be-reached = Этому человеку сейчас нельзя написать: бот остановлен или данные удалены.
refused-survey-expired = Опрос уже закрыт: оценку больше нельзя дать или изменить.

# Когда непонятно
unknown-button = Эта кнопка больше не действует. Всё, что можно сейчас: /help
unknown-command = Такой команды нет. Что можно сейчас: /help
cannot-pass-on = Такое сообщение передать нельзя. Подойдут текст, фото, видео, голосовое, файл, стикер, место или контакт.
update-kept = Не получилось сразу обработать сообщение. Оно сохранено, мы разберёмся.
