# О чём пишут клиенты
themes-title = <b>Темы комментариев</b>, { $days }
themes-no-comments = Комментариев не было.
themes-line = { $name }: { $hits } ({ $share }){ $known ->
    [yes] , обычно { $usual }{ $grows ->
        [yes] , <b>растёт</b>
       *[no] {""}
    }
   *[no] {""}
}
themes-none = Без темы: { $none } из { $n ->
    [one] { $n } комментария
    [few] { $n } комментариев
   *[many] { $n } комментариев
}
themes-wordless = Без слов: { $count }
themes-tone = Тон { $value }, от −1 до +1, у { $n ->
    [one] { $n } комментария
    [few] { $n } комментариев
   *[many] { $n } комментариев
}, где он слышен; звёзды у них { $stars }
themes-tone-value = { $sign ->
    [plus] +
    [minus] −
   *[none] {""}
}{ NUMBER($value, minimumFractionDigits: 1, maximumFractionDigits: 1) }
themes-none-button = Без темы
themes-words-button = Слова без темы: { $count }
themes-one = <b>{ $name }</b>: { $n ->
    [one] { $n } комментарий
    [few] { $n } комментария
   *[many] { $n } комментариев
}
themes-comment = № { $number } · { $stars } ★ · { $at }
themes-why = Нашли: { $words }
themes-list-button = Слова темы
themes-list = <b>{ $name }</b> находится по словам: { $words }.
    Каждое считается во всех формах. Касание уберёт слово.
themes-words = Эти слова часто встречаются в комментариях без темы. Касание добавит слово в названную тему, и все комментарии пересчитаются.
themes-no-words = Таких слов сейчас нет.
themes-add-button = { $words } ({ $count }) → { $theme }
themes-other-button = Не туда…
themes-choose = К какой теме относится «{ $words }»?
themes-new-button = Своя тема: { $words }
themes-write-button = Добавить слова
themes-write-ask = Что относится к теме <b>{ $name }</b>? Слово или несколько подряд. /cancel оставит как есть.
themes-write-words = Напишите слово текстом. /cancel оставит как есть.
themes-left = Оставили как есть.
themes-added = { $words } → { $theme }
themes-dropped = Убрано
themes-back = ‹ Все темы
theme-name = { $theme ->
    [delivery] Доставка
    [refund] Возврат и обмен
    [payment] Оплата и цена
    [product] Товар
    [app] Приложение и сайт
    [speed] Скорость
    [manner] Отношение
    [clarity] Понятные ответы
   *[repeat] Снова и снова
}
report-themes-button = Темы комментариев
digest-themes = <b>Больше комментариев на темы</b>
digest-themes-button = { $words ->
    [0] Темы комментариев
   *[other] Темы и слова без темы: { $words }
}
