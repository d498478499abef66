# Числа
kpi-percent = { $value } %
kpi-percents = { $low }–{ $high } %
kpi-stars = { NUMBER($value, minimumFractionDigits: 1, maximumFractionDigits: 1) }
kpi-net = { $sign ->
    [plus] +
    [minus] −
   *[none] {""}
}{ $value }
kpi-of = { $hits } из { $n }
kpi-little = мало данных ({ $n } из { $least })
kpi-nothing = пока нет данных
kpi-axis-day = { $day } { $month ->
    [m1] янв
    [m2] фев
    [m3] мар
    [m4] апр
    [m5] мая
    [m6] июн
    [m7] июл
    [m8] авг
    [m9] сен
    [m10] окт
    [m11] ноя
   *[m12] дек
}
kpi-axis-month = { $month ->
    [m1] янв
    [m2] фев
    [m3] мар
    [m4] апр
    [m5] мая
    [m6] июн
    [m7] июл
    [m8] авг
    [m9] сен
    [m10] окт
    [m11] ноя
   *[m12] дек
}
kpi-axis-quarter = { $quarter } кв. { $year }
kpi-days-in-month = { $first }–{ $last }
kpi-days = { $first } – { $last }
kpi-since-heading = С { $day }
kpi-since = с { $day }

# Показатели
kpi-name-handled = Разговоры
kpi-name-solved-share = Решено
kpi-name-confirmed-share = Решение подтверждено
kpi-name-first-response-time = Первый ответ
kpi-name-overdue-share = Просрочки
kpi-name-average-rating = Средняя оценка
kpi-name-csat = Довольные клиенты
kpi-name-survey-response-rate = Ответы на опрос
kpi-name-diary-share = Записи в дневнике
kpi-name-fcr = Решено с первого раза
kpi-name-repeat-share = Повторные обращения
kpi-name-satisfied-share = Довольны ответами
kpi-name-professional-share = Общение на уровне
kpi-name-nps = Рекомендация (NPS)
kpi-name-ces = Легко решить вопрос
kpi-name-diary-completeness = Полнота дневника
kpi-name-messages = Отправлено сообщений
kpi-name-solved = Закрыто как «решено»
kpi-name-spam-count = Закрыто как спам
kpi-name-handle-time = Время на разговор
kpi-name-self-solved-share = Решено в одиночку
kpi-name-reply-time = Время ответа
kpi-name-overdue = Опозданий
kpi-name-resolution-time = Время до решения
kpi-name-abandoned-share = Закрыто без ответа
kpi-name-recovery-share = Удалось исправить
kpi-name-diary-gap = Дневник против оценки
kpi-name-score = Балл

kpi-n-handled = { $n ->
    [one] { $n } разговор
    [few] { $n } разговора
   *[many] { $n } разговоров
}
kpi-n-solved-share = { $hits } из { $n ->
    [one] { $n } разговора
    [few] { $n } разговоров
   *[many] { $n } разговоров
}
kpi-n-confirmed-share = { $hits } из { $n ->
    [one] { $n } ответа
    [few] { $n } ответов
   *[many] { $n } ответов
}
kpi-n-first-response-time = { $n ->
    [one] { $n } диалог
    [few] { $n } диалога
   *[many] { $n } диалогов
}
kpi-n-overdue-share = { $hits } из { $n ->
    [one] { $n } ожидания
    [few] { $n } ожиданий
   *[many] { $n } ожиданий
}
kpi-n-average-rating = { $n ->
    [one] { $n } оценка
    [few] { $n } оценки
   *[many] { $n } оценок
}
kpi-n-csat = { $hits } из { $n ->
    [one] { $n } оценки
    [few] { $n } оценок
   *[many] { $n } оценок
}
kpi-n-survey-response-rate = { $hits } из { $n ->
    [one] { $n } опроса
    [few] { $n } опросов
   *[many] { $n } опросов
}
kpi-n-diary-share = { $hits } из { $n ->
    [one] { $n } разговора
    [few] { $n } разговоров
   *[many] { $n } разговоров
}
kpi-n-fcr = { $hits } из { $n ->
    [one] { $n } решённого
    [few] { $n } решённых
   *[many] { $n } решённых
}
kpi-n-repeat-share = { $hits } из { $n ->
    [one] { $n } разговора
    [few] { $n } разговоров
   *[many] { $n } разговоров
}
kpi-n-satisfied-share = { $hits } из { $n ->
    [one] { $n } ответа
    [few] { $n } ответов
   *[many] { $n } ответов
}
kpi-n-professional-share = { $hits } из { $n ->
    [one] { $n } ответа
    [few] { $n } ответов
   *[many] { $n } ответов
}
kpi-n-nps = { $n ->
    [one] { $n } ответ
    [few] { $n } ответа
   *[many] { $n } ответов
}
kpi-n-nps-lately = { $count } за 13 недель
kpi-n-ces = { $n ->
    [one] { $n } ответ
    [few] { $n } ответа
   *[many] { $n } ответов
}
kpi-n-diary-completeness = { $n ->
    [one] { $n } запись
    [few] { $n } записи
   *[many] { $n } записей
}
kpi-n-messages = { $n ->
    [one] { $n } сообщение
    [few] { $n } сообщения
   *[many] { $n } сообщений
}
kpi-n-solved = { $n ->
    [one] { $n } разговор
    [few] { $n } разговора
   *[many] { $n } разговоров
}
kpi-n-spam-count = { $n ->
    [one] { $n } разговор
    [few] { $n } разговора
   *[many] { $n } разговоров
}
kpi-n-handle-time = { $n ->
    [one] { $n } разговор
    [few] { $n } разговора
   *[many] { $n } разговоров
}
kpi-n-self-solved-share = { $hits } из { $n } решённых
kpi-n-reply-time = { $n ->
    [one] { $n } ответ
    [few] { $n } ответа
   *[many] { $n } ответов
}
kpi-n-overdue = { $n ->
    [one] { $n } ожидание
    [few] { $n } ожидания
   *[many] { $n } ожиданий
}
kpi-n-resolution-time = { $n ->
    [one] { $n } решённый разговор
    [few] { $n } решённых разговора
   *[many] { $n } решённых разговоров
}
kpi-n-abandoned-share = { $hits } из { $n ->
    [one] { $n } разговора
    [few] { $n } разговоров
   *[many] { $n } разговоров
}
kpi-n-recovery-share = { $hits } из { $n ->
    [one] { $n } ответа
    [few] { $n } ответов
   *[many] { $n } ответов
}
kpi-n-diary-gap = { $hits } из { $n ->
    [one] { $n } разговора
    [few] { $n } разговоров
   *[many] { $n } разговоров
}

kpi-how-handled = Закрытые разговоры, в которых есть ответы оператора, и закрытые без ответа самим оператором. У команды каждый считается один раз. Считается по последнему закрытию.
kpi-how-solved-share = Закрытые как «решено» среди всех закрытых. Спам и ушедшие клиенты не входят. Если клиент ответил, что не решено, вопрос считается нерешённым. Считается по последнему закрытию.
kpi-how-confirmed-share = Ответы «Решено» среди ответов клиентов на вопрос, решён ли он. Кто не ответил, не считается ни так, ни так. Считается по ответу.
kpi-how-first-response-time = Сколько рабочего времени клиент ждёт первого ответа: медиана, то есть половина ждёт меньше. У оператора время идёт, когда он на смене и разговор передан ему, у команды с сообщения клиента. Считается по открытию.
kpi-how-overdue-share = Ожидания без ответа к сроку или закрытые без ответа, среди всех, где ответ был или срок прошёл. Просрочка у того, кто вёл разговор в момент срока, ответ вовремя у того, кто ответил. Считается по началу ожидания.
kpi-how-average-rating = Среднее оценок от 1 до 5. Показываем вместе с тем, сколько было каких оценок, и с прошлым временем не сравниваем. Оценка у того, кто ответил последним перед закрытием.
kpi-how-csat = Оценки 4 и 5 среди всех оценок. Считается по первому касанию, значение по последнему. Нет оценки: нет и голоса, это не ноль.
kpi-how-survey-response-rate = Опросы с ответом среди тех, где ответ есть или срок вышел. Ещё открытые и неотправленные показаны рядом.
kpi-how-diary-share = Закрытые разговоры с записью в дневнике среди закрытых. Спам и ушедшие клиенты не входят.
kpi-how-fcr = Решено, и клиент не писал ни за 7 дней до, ни за 7 дней после: среди закрытых как «решено». Считается через 7 дней после закрытия. Спам не обращение.
kpi-how-repeat-share = Закрытые, после которых клиент за 7 дней пришёл с новым разговором, среди закрытых. Спам и ушедшие клиенты не входят. Считается через 7 дней после закрытия.
kpi-how-satisfied-share = «Да» среди ответов клиентов на вопрос, довольны ли они ответами. Кто не ответил, не считается ни так, ни так. Считается по ответу.
kpi-how-professional-share = «Да» среди ответов клиентов на вопрос, общались ли с ними корректно и профессионально. Кто не ответил, не считается ни так, ни так. Считается по ответу.
kpi-how-nps = Доля ответов 9 и 10 минус доля ответов от 0 до 6, от −100 до +100. С прошлым временем не сравниваем. Клиента спрашиваем не чаще раза в квартал, поэтому в балл входят ответы за 13 недель.
kpi-how-ces = Среднее ответов от 1 до 7, легко ли было решить вопрос. Считается по ответу.
kpi-how-diary-completeness = Какая часть обязательных полей заполнена, в среднем по записям: канал, запрос, что сделано, настроение, статус. Имя и контакт не обязательны. Считается по первому сохранению, значение по последнему.
kpi-how-messages = Сколько отправлено клиентам, без того, что взято назад. Считается по отправке.
kpi-how-solved = Разговоры, закрытые как «решено», что бы ни сказал клиент. Считается по последнему закрытию.
kpi-how-spam-count = Разговоры, закрытые как спам. Руководители видят каждый и могут вернуть. Считается по последнему закрытию.
kpi-how-handle-time = Рабочее время от взятия разговора до последнего закрытия без того, когда он был закрыт: среднее. Это переписка, с телефонными звонками сравнивать нельзя. Считается по последнему закрытию.
kpi-how-self-solved-share = Закрытые как «решено» одним человеком, который один взял разговор и писал в нём, без передачи и без руководителя, среди закрытых как «решено». Просить помощи не грех, поэтому сам по себе показатель в балл не входит. Считается по последнему закрытию.
kpi-how-reply-time = Сколько рабочего времени клиент ждёт любого ответа: медиана. Просрочка у того, кто вёл разговор в момент срока, ответ вовремя у того, кто ответил. Считается по началу ожидания.
kpi-how-overdue = Ожидания без ответа к сроку или закрытые без ответа. Считается по началу ожидания.
kpi-how-resolution-time = Рабочее время от открытия до последнего закрытия у закрытых как «решено»: медиана. Считается по последнему закрытию.
kpi-how-abandoned-share = Закрытые без единого сообщения команды среди всех закрытых. Спам не входит. Что осталось без ответа, ничьё, поэтому показатель есть только у команды. Считается по последнему закрытию.
kpi-how-recovery-share = «Теперь всё хорошо» среди ответов недовольных клиентов, которых спросили снова, когда руководитель занялся их вопросом. Считается по ответу.
kpi-how-diary-gap = Разговоры с оценкой, где дневник, сохранённый до того, как оценку увидели, говорит «сделано» и клиент спокоен, хотя оценка плохая; среди разговоров с оценкой и такой записью. Показывает, где мы не замечаем, что человек недоволен. Считается по оценке.
kpi-how-score = Пять частей с весами, 100 значит цель, больше 120 не бывает. Части без данных не считаются, их вес делится между остальными. Число разговоров и закрытие в балл не входят. Оценки, где причина только в продукте, на балл не влияют.

kpi-direction = { $direction ->
    [up] Чем больше, тем лучше.
    [down] Чем меньше, тем лучше.
   *[neither] Ни больше, ни меньше само по себе не лучше.
}
kpi-least = Показательно от { $least ->
    [one] { $least } записи.
    [few] { $least } записей.
   *[many] { $least } записей.
}
kpi-interval = 95 % интервал: { $interval }.
kpi-mean-and-p90 = Среднее { $mean }, девять из десяти не дольше { $p90 }.
kpi-distribution = Оценки: { $list }.
kpi-left-out = Не вошли: { $list }.
kpi-left-out-item = { $reason ->
    [not_taken] никто не взял
    [spam] спам
    [left] клиент ушёл
    [thanks] просто спасибо
    [unknown] неизвестно
    [excluded] исключено
    [not_answered] без ответа
    [opened_by_team] написали первыми
    [open] опрос ещё открыт
    [not_sent_never_answered] опроса нет, не было ответа
    [not_sent_spam] опроса нет, спам
    [not_sent_left] опроса нет, клиент ушёл
    [not_sent_recent] опроса нет, недавно был другой
    [product] причина только в продукте
   *[not_sent] опроса нет
}: { $count }
kpi-said = { $day ->
    [d0] В понедельник
    [d1] Во вторник
    [d2] В среду
    [d3] В четверг
    [d4] В пятницу
    [d5] В субботу
    [d6] В воскресенье
   *[other] { $date }
} было: { $value }.
kpi-change = { $change ->
    [better] { $kind ->
        [speed] заметно быстрее
        [often] заметно реже
       *[good] заметно лучше
    }
    [worse] { $kind ->
        [speed] заметно медленнее
        [often] заметно чаще
       *[good] заметно хуже
    }
    [none] без заметных изменений
   *[unknown] сравнить не с чем
}
kpi-change-short = { $change ->
    [better] { $kind ->
        [speed] быстрее
        [often] реже
       *[good] лучше
    }
    [worse] { $kind ->
        [speed] медленнее
        [often] чаще
       *[good] хуже
    }
    [none] как обычно
   *[unknown] без сравнения
}

# Карточка
kpi-team = Команда
kpi-card-satisfied = Довольные клиенты
kpi-card-first-response = Первый ответ
kpi-card-overdue = Просрочки
kpi-card-going-well = Получается
kpi-card-score-target = цель 100
kpi-card-week = { $span ->
    [month] месяц
    [quarter] квартал
   *[week] неделя
}
kpi-card-interval = 95 % интервал
kpi-card-little = мало данных
kpi-card-target-limit = цель, лимит
kpi-card-csat = { $hits } из { $n ->
    [one] { $n } оценки
    [few] { $n } оценок
   *[many] { $n } оценок
}: 4 или 5
kpi-card-csat-little = оценок: 4 или 5
kpi-card-of = из { $n }
kpi-card-target = цель { $value }
kpi-card-work-on = Над чем поработать
kpi-card-ratings = { $n ->
    [one] { $n } оценка
    [few] { $n } оценки
   *[many] { $n } оценок
}
kpi-card-no-ratings = Оценок нет
kpi-category = { $category ->
    [communication] Общение
    [problem_solving] Решение вопросов
    [satisfaction] Удовлетворённость
    [development] Развитие
   *[initiative] Инициатива
}
kpi-not-kept = не считаем
kpi-score-title = { $scope ->
    [team] балл команды
   *[own] { $span ->
        [month] балл месяца
        [quarter] балл квартала
       *[week] балл недели
    }
}
kpi-score-before = { $span ->
    [month] в прошлом { $value }
    [quarter] в прошлом { $value }
   *[week] на прошлой { $value }
}
kpi-no-score = Балла нет
kpi-need-ratings = нужно { $least } оценок
kpi-need-chats = нужно { $least } диалогов
kpi-need-chats-too = и { $least } диалогов

kpi-headline-first-week = { $span ->
    [month] Первый месяц.
    [quarter] Первый квартал.
   *[week] Первая неделя.
}
    Данные появятся с разговорами.
kpi-headline-no-data = { $span ->
    [month] В этом месяце
    [quarter] В этом квартале
   *[week] На этой неделе
}
    разговоров не было.
kpi-headline-begun = { $span ->
    [month] Месяц только начался:
    [quarter] Квартал только начался:
   *[week] Неделя только началась:
}
    для выводов мало данных.
kpi-headline-thin = { $span ->
    [month] Короткий месяц:
    [quarter] Короткий квартал:
   *[week] Короткая неделя:
}
    для выводов мало данных.
kpi-headline-usual = { $span ->
    [month] Месяц как обычно.
    [quarter] Квартал как обычно.
   *[week] Неделя как обычно.
}
    Заметных изменений нет.
kpi-headline-alone = Есть с чего начать:
    сравним через { $span ->
        [month] месяц
        [quarter] квартал
       *[week] неделю
    }.
kpi-headline-rest = Остальное без заметных изменений.
kpi-headline-more = { $worse ->
    [0] Ещё лучше: { $better }.
   *[other] { $better ->
        [0] Ещё хуже: { $worse }.
       *[other] Ещё лучше: { $better }, хуже: { $worse }.
    }
}
kpi-headline-list = { $list }.
kpi-short-csat = { $change ->
    [better] довольных больше
   *[worse] довольных меньше
}
kpi-short-overdue-share = { $change ->
    [better] просрочки реже
   *[worse] просрочки чаще
}
kpi-headline-first-response-time = { $scope ->
    [team] Команда отвечает
   *[own] Вы отвечаете
} { $change ->
    [better] быстрее.
   *[worse] медленнее.
}
kpi-headline-csat = { $change ->
    [better] Довольных клиентов больше.
   *[worse] Довольных клиентов меньше.
}
kpi-headline-overdue-share = { $change ->
    [better] Просрочки реже.
   *[worse] Просрочки чаще.
}
kpi-headline-other = { $name }: { $change ->
    [better] лучше.
   *[worse] хуже.
}

kpi-praise-in-time = { $n ->
    [one] Все { $n } ответ ушли вовремя.
    [few] Все { $n } ответа ушли вовремя.
   *[many] Все { $n } ответов ушли вовремя.
}
kpi-praise-first = { $hits ->
    [one] { $hits } из { $clients } ждал первого ответа меньше { $limit }.
    [few] { $hits } из { $clients } ждали первого ответа меньше { $limit }.
   *[many] { $hits } из { $clients } ждали первого ответа меньше { $limit }.
}
kpi-minutes = { $count ->
    [one] { $count } минуты
    [few] { $count } минут
   *[many] { $count } минут
}
kpi-clients = { $n ->
    [one] { $n } клиента
    [few] { $n } клиентов
   *[many] { $n } клиентов
}
kpi-praise-csat = Довольны { $hits } из { $clients }: оценка 4 или 5.
kpi-praise-confirmed-share = { $hits } из { $clients } подтвердили, что вопрос решён.
kpi-praise-diary-share = Дневник есть после { $hits } разговоров из { $n }.
kpi-praise-handled = За { $span ->
    [month] месяц
    [quarter] квартал
   *[week] неделю
} закрыто: { $n ->
    [one] { $n } разговор.
    [few] { $n } разговора.
   *[many] { $n } разговоров.
}

kpi-work-unknown = { $n ->
    [0] Для выводов мало данных.
    [one] По { $n } оценке не скажешь.
    [few] По { $n } оценкам не скажешь.
   *[many] По { $n } оценкам не скажешь.
}
    Вернёмся к этому через { $span ->
        [month] месяц
        [quarter] квартал
       *[week] неделю
    }.
kpi-work-evening = { $hits } из { $n ->
    [one] { $n } просрочки
    [few] { $n } просрочек
   *[many] { $n } просрочек
} после { $hour }.
    { $scope ->
        [team] Поставьте ещё человека на вечер.
       *[own] Передайте очередь до конца смены.
    }
kpi-work-late = { $hits } из { $n ->
    [one] { $n } ответа
    [few] { $n } ответов
   *[many] { $n } ответов
} с опозданием.
    Начните с тех, кто ждёт дольше.
kpi-work-first = Первый ответ позже { $limit }: { $hits } из { $n }.
    { $scope ->
        [team] Проверьте, кто на смене в пик.
       *[own] Возьмите и сразу поздоровайтесь.
    }
kpi-work-confirmed-share = Не решено, ответили { $hits } из { $n }.
    Спросите об этом перед закрытием.
kpi-work-diary-share = Дневник есть после { $hits } из { $n }.
    Две строки сразу после закрытия.
kpi-work-reason = { $reason ->
    [slow] «Долго»
    [not_solved] «Не решено»
    [impolite] «Невежливо»
    [unclear] «Непонятно»
   *[repeat] «Пришлось повторять»
}: { $hits } из { $n ->
    [one] { $n } плохой оценки.
    [few] { $n } плохих оценок.
   *[many] { $n } плохих оценок.
}
    { $reason ->
        [slow] Отвечайте сразу, хотя бы коротко.
        [not_solved] Перед закрытием спросите, всё ли.
        [impolite] Перечитайте их вместе с коллегой.
        [unclear] Пишите короче, по шагам.
       *[repeat] Перед ответом загляните в дневник.
    }

# Подпись под карточкой
kpi-caption-week = { $scope ->
    [team] { $span ->
        [month] Месяц
        [quarter] Квартал
       *[week] Неделя
    } команды
   *[own] { $span ->
        [month] Ваш месяц
        [quarter] Ваш квартал
       *[week] Ваша неделя
    }
}, { $days }: { $score }
kpi-caption-so-far = { $scope ->
    [team] { $span ->
        [month] Месяц
        [quarter] Квартал
       *[week] Неделя
    } команды
   *[own] { $span ->
        [month] Ваш месяц
        [quarter] Ваш квартал
       *[week] Ваша неделя
    }
} { $since }: { $score }
kpi-caption-last = { $span ->
    [month] Прошлый
    [quarter] Прошлый
   *[week] Прошлая
}, { $days }: { $score }
kpi-caption-score = балл { $value }.
kpi-caption-no-score = балла пока нет.
kpi-caption-no-data = разговоров не было.
kpi-caption-csat = Довольны { $hits } из { $n }{ $change ->
    [better] , заметно больше
    [worse] , заметно меньше
    [little] , мало данных
   *[none] {""}
}.
kpi-caption-first = Первый ответ { $time }{ $change ->
    [better] , быстрее
    [worse] , медленнее
    [little] , мало данных
   *[none] {""}
}.
kpi-caption-overdue = Просрочки { $hits } из { $n }{ $change ->
    [better] , реже
    [worse] , чаще
    [little] , мало данных
   *[none] {""}
}.
kpi-caption-other = { $name } { $value }, { $change ->
    [better] лучше
   *[worse] хуже
}.
kpi-caption-rest = { $named ->
    [0] Без заметных изменений.
   *[other] Остальное без заметных изменений.
}
kpi-caption-begin = С чего начать: { $start }
kpi-caption-hard = { $span ->
    [month] Месяц вышел трудным
    [quarter] Квартал вышел трудным
   *[week] Неделя вышла трудной
}. Обсудите с коллегами, что мешало: дальше будет легче.
kpi-caption-empty = { $span ->
    [month] Месяц
    [quarter] Квартал
   *[week] Неделя
} без разговоров ничего не меняет: сравним, когда они будут.
kpi-caption-thin = Данных мало, поэтому выводов нет: вернёмся к ним через { $span ->
    [month] месяц
    [quarter] квартал
   *[week] неделю
}.
kpi-caption-well = Получается: { $fact }
kpi-caption-said = { $day ->
    [d0] В понедельник
    [d1] Во вторник
    [d2] В среду
    [d3] В четверг
    [d4] В пятницу
    [d5] В субботу
    [d6] В воскресенье
   *[other] { $date }
} было так: { $list }.
kpi-caption-said-item = { $name } { $value }

kpi-how-button = Как это посчитано
kpi-own-button = Я
kpi-team-button = Команда
kpi-dark-button = Тёмная
kpi-light-button = Светлая

# «Как это посчитано?»
kpi-counted = { $scope ->
    [team] <b>Как { $span ->
        [month] посчитан месяц
        [quarter] посчитан квартал
       *[week] посчитана неделя
    } команды</b>
   *[own] <b>Как { $span ->
        [month] посчитан ваш месяц
        [quarter] посчитан ваш квартал
       *[week] посчитана ваша неделя
    }</b>
}
kpi-group = { $group ->
    [communication] Общение
    [problem_solving] Решение вопросов
    [satisfaction] Удовлетворённость
    [development] Дневник
   *[volume] Сколько всего
}
kpi-group-title = <b>{ $name }</b>
kpi-counted-groups = Выберите, что посмотреть:
kpi-by-priority = По приоритету: { $list }.
kpi-by-priority-item = { $priority ->
    [urgent] срочные
    [high] высокий
    [low] низкий
   *[normal] обычные
} { $value }
kpi-counted-choose = Нажмите на показатель: что он значит и что в него вошло.
kpi-counted-week = <b>{ $days }</b>
kpi-counted-line = { $name }: { $value }
kpi-counted-value = <b>{ $days }: { $value }</b>
kpi-counted-title = <b>{ $name }</b>
kpi-counted-none = нет
kpi-counted-zero-n = Записей нет.
kpi-counted-n = { $count }.
kpi-counted-change = По сравнению с { $span ->
    [month] прошлым месяцем
    [quarter] прошлым кварталом
   *[week] неделей раньше
}: { $change }.
kpi-counted-back = Все показатели
kpi-counted-category = { $category }, вес { $weight }: { $points }
kpi-counted-metric = • { $name } { $value }: { $points }
kpi-counted-adjusted = { $value }, с поправкой на команду { $adjusted }
kpi-counted-plan = { $agreed ->
    [yes] По плану версии { $version }, согласован с { $since }.
   *[no] По общему плану команды.
} Цели: /plan
kpi-counted-spread = Без данных: { $list }. Их вес поделён между остальными.
kpi-counted-needs = Для балла не хватает: { $list }.
kpi-counted-need = { $name } ({ $n } из { $least })

# Команда /kpi
kpi-drawing = Рисую вашу карточку
kpi-theme-set = Так теперь и будет
kpi-which-span = За какой срок? /kpi week, /kpi month или /kpi quarter: неделя, месяц, квартал.
kpi-span-button = { $span ->
    [month] Месяц
    [quarter] Квартал
   *[week] Неделя
}

# Страница категории
kpi-page-headline = { $name }: { $points }.
kpi-page-moved = { $name }: { $change }{ $more ->
    [0] {""}
   *[other] , и ещё { $more }
}.
kpi-page-unscored = не в балле
kpi-page-usual = Заметных изменений нет.
kpi-page-nothing = Записей для этой части балла пока нет.
kpi-page-caption = <b>{ $headline }</b> { $days }.

# Записи за показателем
kpi-records-button = Записи: { $days }
kpi-records-title = <b>{ $name }.</b> { $days }
kpi-records-which = Записи { $first }–{ $last } из { $all }, сначала то, что против:
kpi-records-before = ‹ Раньше
kpi-records-after = Дальше ›
kpi-records-back = К показателю
kpi-record = № { $number }{ $at }: { $verdict }
kpi-record-entry = Запись { $number }{ $at }: { $verdict }
kpi-record-imported = Импорт: { $verdict }
kpi-record-later = Ответ клиента: покажем, когда его уже нельзя изменить
kpi-record-open = № { $number }
kpi-verdict = { $verdict ->
    [messages] { $number ->
        [one] { $number } сообщение
        [few] { $number } сообщения
       *[many] { $number } сообщений
    }
    [alone] решено в одиночку
    [together] участвовали и другие
    [with_answer] с ответом
    [without_answer] без ответа
    [fixed] теперь всё хорошо
    [not_fixed] не исправлено
    [gap] в дневнике хорошо, оценка плохая
    [no_gap] дневник сходится
    [not_taken] никто не взял, не входит
    [handled] закрыт
    [solved] решён
    [not_solved] не решён
    [no_answer] клиент молчит
    [denied] решён, но клиент говорит, что нет
    [first_time] решён с первого раза
    [came_again] клиент пришёл снова
    [was_again] не первое обращение
    [stayed_away] больше не писал
    [seconds] { $span }
    [late] с опозданием
    [in_time] вовремя
    [stars] { $number } ★
    [answer] { $number }
    [yes] да
    [no] нет
    [answered] есть ответ
    [expired] истёк без ответа
    [diary] есть запись
    [no_diary] записи нет
    [fields] { $number } из { $of } полей
    [open] опрос ещё открыт, не вошло
    [not_sent] опроса не было, не вошло
    [spam] спам, не вошло
    [left] клиент ушёл, не вошло
    [thanks] просто спасибо, не вошло
    [excluded] исключено
    [not_answered] ответа ещё нет, не вошло
    [opened_by_team] написали первыми, не вошло
   *[unknown] неизвестно, не вошло
}
