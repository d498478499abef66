# Кто есть кто
role-customer = клиент
role-operator = оператор
role-supervisor = руководитель
role-both = руководитель и оператор

# /start и /help
people-hello-customer = Здравствуйте! Напишите, что случилось: словами, фото или голосом. Ответит человек, прямо здесь.
people-hello-staff = <b>{ $name }, ваша роль: { $roles }.</b>
people-question-open = Ваш вопрос № { $number } у нас. Можно дописать: всё придёт тому, кто отвечает.
people-shift-on = Вы на смене с { $since }: новые вопросы приходят сюда.
people-shift-off = Вы не на смене: новые вопросы не приходят. Начать: /shift
people-holding = { $count ->
    [one] У вас { $count } открытый разговор.
    [few] У вас { $count } открытых разговора.
   *[many] У вас { $count } открытых разговоров.
}
people-link-nothing = По этой ссылке ничего не открылось, но это не страшно.

# Команды: меню и /help
command-queue = кто ждёт ответа и открытые разговоры
command-close = закрыть разговор
command-shift = начать или закончить смену
command-diary = новая запись в дневнике
command-diaries = записи: найти, открыть, исправить
command-kpi = мои показатели и график
command-plan = из чего складывается балл
command-alerts = открытые тревоги
command-report = графики и сравнение команды
command-invite = пригласить в команду
command-team = люди, роли, смены, имена
command-help = что здесь можно
command-language = русский или английский язык
command-privacy = что мы о вас храним, удалить
people-command = /{ $name }: { $does }

# Язык
people-language-ask = На каком языке говорить?
people-language-set = Теперь говорим по-русски.
language-ru = Русский
language-en = English

# Смена
people-shift-began = <b>Вы на смене.</b> Новые вопросы приходят сюда. Закончить: /shift
people-shift-ended = <b>Смена окончена.</b> Новые вопросы не приходят. Начать снова: /shift
people-shift-open = { $count ->
    [one] <b>У вас { $count } открытый разговор.</b> Передать его в очередь или завершить самостоятельно?
    [few] <b>У вас { $count } открытых разговора.</b> Передать их в очередь или завершить самостоятельно?
   *[many] <b>У вас { $count } открытых разговоров.</b> Передать их в очередь или завершить самостоятельно?
}
people-shift-to-queue = Передать в очередь
people-shift-finish = Завершу
people-shift-handed = { $count ->
    [one] Смена окончена, { $count } разговор передан в очередь.
    [few] Смена окончена, { $count } разговора переданы в очередь.
   *[many] Смена окончена, { $count } разговоров переданы в очередь.
}
people-shift-finishing = Новые вопросы не приходят, открытые разговоры остаются у вас.

# Приглашения
people-invite-ask = Кого пригласить?
people-invitee-operator = Оператора
people-invitee-supervisor = Руководителя
people-invite-made = <b>Приглашение. Роль: { $role }.</b>
people-invite-how = Перешлите ссылку одному человеку. Она сработает один раз, до { $until }:
people-invite-revoke = Отозвать
people-invite-revoked = Приглашение отозвано, ссылка больше не работает.
people-joined = <b>Вы в команде. Роль: { $role }.</b>
people-joined-tell = <b>{ $name } теперь в команде.</b> Роль: { $role }.
people-set-up = <b>Бот настроен. Ваша роль: руководитель.</b>
people-set-up-next = Пригласите операторов: /invite. Отвечать клиентам можно и самостоятельно: /shift

# Команда
people-team = <b>Команда</b>
people-team-member = { $name }: { $roles }, { $shift ->
    [on] на смене
   *[off] не на смене
}
people-team-unreachable = { $name }: { $roles }, <b>бот не может написать</b>
people-team-more = { $count ->
    [one] И ещё { $count } человек: найти по имени.
    [few] И ещё { $count } человека: найти по имени.
   *[many] И ещё { $count } человек: найти по имени.
}
people-unreachable = Кому бот не может написать, тем нужно нажать «Старт» (Start): { $link }
people-invites = <b>Неиспользованные приглашения</b>
people-invite-line = { $role }, до { $until }
people-invites-more = И ещё: { $count }
people-revoke-line = Отозвать: { $role }, до { $until }
people-banned = <b>Клиенты без доступа</b>
people-banned-line = { $name }
people-invite-button = Пригласить
people-find-button = Найти человека
people-find-ask = Кого найти? Номер разговора, имя или @имя в Telegram. Передумать: /cancel
people-find-again = Нужен текст: номер разговора, имя или @имя. Передумать: /cancel
people-find-none = Никто не нашёлся. Попробуйте иначе: номер разговора, имя или @имя. Передумать: /cancel
people-find-which = Кто из них?
people-find-label = { $name }, { $roles }

# Человек
people-member-name = <b>{ $name }</b>
people-member-telegram = В Telegram: { $name }
people-member-role = Роль: { $roles }
people-member-shift-on = На смене с { $since }
people-member-shift-off = Не на смене
people-member-since = В боте с { $since }
people-member-unreachable = Бот не может написать: нужно нажать «Старт» (Start) по ссылке { $link }
people-member-settings = Роль задана в настройках, здесь её не снять.
people-member-banned = Доступ закрыт с { $since }: сообщения никто не получает.
people-name-button = Имя для клиентов
people-name-ask = Какое имя видят клиенты? Сейчас: { $name }. Напишите новое, до 64 знаков. Передумать: /cancel
people-name-again = Нужен текст: имя, которое увидят клиенты. Передумать: /cancel
people-name-reset = Как в Telegram
people-name-set = Готово. Клиенты видят имя: { $name }
people-give-operator = Сделать оператором
people-give-supervisor = Сделать руководителем
people-take-operator = Снять роль оператора
people-take-supervisor = Снять роль руководителя
people-remove-button = Убрать из команды
people-remove-ask = <b>Убрать из команды: { $name }?</b> Открытые разговоры вернутся в очередь.
people-removed = Больше не в команде: { $name }
people-role-given = Роль добавлена.
people-role-taken = Роль снята.
people-left = Человек из команды удалил свои данные, в команде его больше нет. Его разговоры в очереди: /queue
people-now-customer = Вас больше нет в команде. Написать нам можно прямо здесь.
people-now-roles = Ваша роль теперь: { $roles }.
people-ban-button = Закрыть доступ
people-unban-button = Вернуть доступ
people-ban-done = Доступ закрыт.
people-unban-done = Доступ открыт.

# Отказы
refused-set-in-settings = Роль задана в настройках бота (SUPERVISOR_IDS, OPERATOR_IDS). Снять её можно только там.
refused-last-supervisor = Других руководителей нет. Сначала пригласите кого-нибудь: /invite
refused-staff-not-banned = Это человек из команды. Сначала его нужно убрать из команды: /team
refused-link-unknown = Такой ссылки нет. Проверьте, что она скопирована целиком, или попросите новую.
refused-link-expired = Срок приглашения истёк: оно действует 7 дней. Попросите новое.
refused-link-revoked = Это приглашение отозвано. Попросите новое.
refused-link-used = По этой ссылке уже вошли, она одноразовая. Попросите новую.
refused-own-link = Это ваше приглашение: перешлите его тому, кого приглашаете.
refused-already-that = Эта роль у вас уже есть. Что можно сейчас: /help
refused-name-too-long = Имя для клиентов: от 1 до 64 знаков. Напишите короче или /cancel

# Группы, перебои, непонятное
people-private-only = Я работаю только в личных сообщениях: https://t.me/{ $bot }
people-outage = <b>Бот был недоступен с { $since } до { $until }.</b>
people-outage-taps = Сообщения дошли, а нажатия кнопок за это время могли потеряться. Опросы без ответа показаны ещё раз.
people-outage-messages = Сообщения старше 24 часов Telegram не хранит: часть могла пропасть.
people-restored = <b>База данных возвращена к копии: { $since }.</b>
people-restored-missing = Что написали, нажали и оценили с того времени до { $until }, осталось в чатах, но здесь неизвестно. Просмотрите свои чаты, чтобы ничего важного не забыть, и попросите клиентов, писавших в это время, написать ещё раз. Кнопки того времени не работают. Напоминания и тревоги могут быть ошибочны там, где ответ не сохранился. Оценки, которых у нас нет, мы спросили ещё раз.
people-other-copy =
    <b>Работает ещё одна копия этого бота.</b>
    У неё тот же токен и другая база, поэтому часть сообщений и нажатий уходит к ней и сюда не попадает. Пусть тот, кто запускает бота, остановит лишнюю копию или возьмёт у @BotFather новый токен.
people-cancelled = Хорошо, оставили как есть.
people-nothing-to-cancel = Отменять нечего. Что можно сейчас: /help
people-not-understood = Непонятно, кому это. Что можно сейчас: /help

# Отложенное после неудачных попыток
parked-some = ⚠️ <b>{ $count ->
    [one] Не удалось выполнить { $count } дело
    [few] Не удалось выполнить { $count } дела
   *[many] Не удалось выполнить { $count } дел
}</b>, хотя бот пробовал несколько раз.
parked-kept = Ничего не потеряно, остальных бот обслуживает. Если это чьё-то сообщение, автор знает, что оно сохранено.
parked-what-to-do = Сообщите тому, кто следит за ботом: <code>{ $command }</code> покажет, что это, и поможет попробовать ещё раз.
parked-none = ✅ С тем, что не удавалось выполнить, разобрались.
