# Кто что сделал, для руководителей
deeds-button = Кто что сделал
deeds-title = <b>Кто что сделал</b>, сначала новое
deeds-none = Пока ничего не записано.
deeds-earlier = Раньше
deeds-line = { $at } · { $who }: { $what }. { $about }
deeds-by-itself = Программа
deeds-conversation = № { $number }
deeds-entry = запись { $number }
deeds-priority = { $priority ->
    [urgent] срочно
    [high] высокий
    [low] низкий
   *[normal] обычный
}
did-setup-link-made = ссылка для настройки
did-invite-made = новое приглашение
did-invite-revoked = приглашение отозвано
did-invite-used = вход по приглашению
did-role-given = роль добавлена
did-role-taken = роль снята
did-left-team = уход из команды
did-name-set = имя для клиентов
did-banned = доступ закрыт
did-unbanned = доступ открыт
did-priority-set = другой приоритет
did-handed-over = передача разговора
did-brought-back = разговор возвращён
did-entry-corrected = правка чужого дневника
did-entry-read = чтение чужого дневника
did-cause-set = чья плохая оценка
did-plan-agreed = план согласован
did-appeal-decided = возражение решено
did-history-read = чтение переписки
did-person-seen = карточка клиента открыта
did-exported = свои данные файлом
did-records-exported = записи команды файлами
did-records-imported = загрузка истории другой системы
did-deleted = свои данные удалены
did-restored = база восстановлена из копии
