# Отчёт команды
report-card = <b>Отчёт команды</b>
report-card-days = { $days }
report-card-line = { $name }: { $value }
report-card-choose = Что нарисовать? Под картинкой те же числа словами.
report-compare-button = Сравнение
report-hours-button = Часы и дни
report-reasons-button = Причины
report-week-button = Неделя команды
report-span = { $weeks ->
    [one] Неделя
    [few] { $weeks } недели
   *[many] { $weeks } недель
}
report-span-chosen = • { $span }
report-causes-button = Разобрать причины: { $count }
report-drawing = Рисую

# Сравнение
report-title-csat = Довольные клиенты: доля оценок 4 и 5
report-title-confirmed-share = Решение подтверждено клиентами
report-title-first-response-time = Первый ответ: медиана ожидания
report-title-overdue-share = Просрочки: доля поздних ответов
report-n = { $kind ->
    [csat] оценок
    [first-response-time] диалогов
    [overdue-share] ожиданий
   *[other] ответов
}
report-team = команда { $value }
report-group = { $standing ->
    [above] { $kind ->
        [speed] Быстрее команды
        [often] Опозданий меньше, чем у команды
       *[good] Выше команды
    }
    [below] { $kind ->
        [speed] Медленнее команды
        [often] Опозданий больше, чем у команды
       *[good] Ниже команды
    }
    [little] Мало данных
   *[level] Вровень с командой, по алфавиту
}
report-group-short = { $standing ->
    [above] { $kind ->
        [speed] Быстрее команды
        [often] Опозданий меньше
       *[good] Выше команды
    }
    [below] { $kind ->
        [speed] Медленнее команды
        [often] Опозданий больше
       *[good] Ниже команды
    }
    [little] Мало данных
   *[level] Вровень с командой
}
report-more = и ещё { $count }
report-band = Полоса: 95 % интервал, расширенный на число операторов,
report-band-why = чтобы случай никого не вынес ни вверх, ни вниз.
report-nobody = За это время сравнивать некого: записей нет.
report-early = Сравнивать рано:
    мало данных.
report-level = Разницы между операторами
    не видно.
report-differ = { $count ->
    [one] { $count } оператор отличается от команды.
    [few] { $count } оператора отличаются от команды.
   *[many] { $count } операторов отличаются от команды.
}
report-rest = У остальных разницы не видно.
report-caption = <b>{ $title }</b>, { $days }.
report-caption-team = Команда: { $value }, записей { $n }.
report-caption-group = { $group }: { $list }.
report-caption-person = { $name } { $value } ({ $n })
report-caption-chance = Каждый сравнивается с остальной командой, и названо только то, чего не объяснить случаем.

# Часы и дни
report-title-hours = Ожидания и опоздания по часам и дням
report-day = { $day ->
    [d0] пн
    [d1] вт
    [d2] ср
    [d3] чт
    [d4] пт
    [d5] сб
   *[d6] вс
}
report-after = после { $hour }
report-hours-all = всего
report-hours-late = поздно
report-hours-load = ожидания, которые начались в этот час
report-hours-lateness = из них ответ позже срока; жирным, где не случайно
report-no-waits = За это время ожиданий не было.
report-hours-none = Ожиданий не было.
report-hours-in-time = Все ответы вовремя.
report-hours-usual = Поздние ответы не собраны
    ни в один час или день.
report-hours-worse = Опаздываем чаще:
    { $when }.
report-caption-waits = Ожиданий { $n }, ответ позже срока: { $late }.
report-caption-peak = Больше всего начинается в { $hour }: { $n }.
report-caption-worse = Опоздания чаще, чем в остальное время: { $when }.

# Причины
report-title-reasons = { $count ->
    [one] { $count } плохая оценка: кто мог это изменить
    [few] { $count } плохие оценки: кто мог это изменить
   *[many] { $count } плохих оценок: кто мог это изменить
}
report-company = компания
report-operator = оператор
report-unsorted = не разобраны
report-reasons = Причины недовольства
report-running = накоплено
report-reasons-note = Причину называет клиент, чья она, решает руководитель.
report-no-bad = За это время плохих оценок не было.
report-headline-no-bad = Плохих оценок не было.
report-headline-unsorted = Чьи это причины,
    ещё не разобрано.
report-headline-company = Чаще подводит компания,
    а не оператор.
report-headline-operator = Чаще дело в ответах,
    а не в компании.
report-headline-open = Кто подводит чаще,
    по числам не видно.
report-for-company = Компании
report-for-operators = Операторам
report-advice-company = «{ $reason }»: { $hits } из { $n }. Покажите тем, кто может это изменить.
report-advice-operators = «{ $name }»: { $hits } из { $n }. { $reason ->
    [slow] Отвечайте сразу, хотя бы коротко.
    [not_solved] Перед закрытием спросите, всё ли.
    [impolite] Перечитайте их вместе.
    [unclear] Пишите короче, по шагам.
   *[repeat] Сначала загляните в дневник.
}
report-caption-bad = Плохих оценок { $n }: компания { $company }, оператор { $operator }, не разобраны { $unsorted }.
report-caption-reasons = { $list }.
report-caption-unnamed = Без причины: { $n }.

# Чья причина
cause-ask = Чья это причина?
cause-people = Клиент: { $customer }. Оператор: { $operator }.
cause-company = Компания
cause-operator = Оператор
cause-later = Дальше
cause-left = Осталось: { $count }
cause-none = Все плохие оценки разобраны.
cause-set = { $caused_by ->
    [company] Записано: компания
   *[operator] Записано: оператор
}

# Отчёт таблицами
report-tables-button = Таблицы (XLSX)
report-writing = Готовлю файл
report-tables-caption = Показатели с интервалами и записи, из которых они посчитаны, { $days }. Написанного людьми в файле нет.
tables-team = Команда
tables-sheet = { $sheet ->
    [after] Через семь дней
    [said] Другие вопросы
    [seen-to] Исправлено и предвидено
    [sent] Сообщения
    [entries] Дневник
    [figures] Показатели
    [closings] Закрытые разговоры
    [first] Первые ответы
    [waits] Ожидания
    [ratings] Оценки
    [answers] Решён ли вопрос
   *[surveys] Опросы
}
tables-column = { $column ->
    [alone] Решён в одиночку
    [replied] Был ответ
    [seconds-handled] Секунд на разговор
    [seconds-resolved] Секунд до закрытия
    [came-again] Клиент пришёл снова
    [was-again] Не первое обращение
    [answer] Ответ
    [fixed] Теперь хорошо
    [diary-well] В дневнике хорошо
    [negative] Плохая оценка
    [messages] Сообщений
    [entry] Запись
    [filled] Полей заполнено
    [required] Полей всего
    [operator] Оператор
    [metric] Показатель
    [value] Значение
    [unit] Единица
    [n] Записей
    [low] От (95 %)
    [high] До (95 %)
    [enough] Данных достаточно
    [left-out] Не учтено
    [conversation] Разговор
    [outcome] Итог
    [denied] Клиент не согласен
    [diary] Запись в дневнике
    [priority] Приоритет
    [seconds-team] Секунд для клиента
    [seconds-own] Секунд для оператора
    [by-team] Начала команда
    [known] Известно
    [wait] Ожидание
    [due] Срок ({ $zone })
    [ended] Конец ({ $zone })
    [ended-as] Чем кончилось
    [overdue] Просрочено
    [survey] Опрос
    [stars] Звёзд
    [excluded] Исключено
    [product] Только товар
    [solved] Решён
    [state] Состояние
   *[not-sent] Почему не отправлен
}
tables-unit = { $unit ->
    [seconds] с
    [stars] звёзд
    [scale] из 7
    [net] пунктов
    [percent] %
   *[count] шт.
}
tables-word = { $code ->
    [not_taken] никто не взял
    [solved] решён
    [not_solved] не решён
    [spam] спам
    [no_answer] клиент молчит
    [left] клиент ушёл
    [answered] есть ответ
    [closed] закрыт без ответа
    [thanks] благодарность
    [expired] истёк
    [open] открыт
    [not_sent] не отправлен
    [unknown] неизвестно
    [excluded] исключено
    [not_answered] ответа ещё нет
    [opened_by_team] начала команда
    [product] только товар
    [urgent] срочный
    [high] высокий
    [normal] обычный
    [low] низкий
   *[other] { $code }
}
