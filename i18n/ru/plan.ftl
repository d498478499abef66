# По какому плану считают балл
plan-whose = <b>Планы.</b> Чей?
plan-whose-waits = { $name } · { $who ->
    [us] предлагает
   *[them] думает
}
plan-scale = Каждый показатель даёт от 0 очков на первом значении до 100 на втором, дальше не больше 120.
plan-span-quarter = за квартал
plan-span-month = за месяц
plan-category = <b>{ $name } · { $weight }</b>
plan-line = { $name }: { $floor } → <b>{ $target }</b>{ $heavier ->
    [yes] {" "}(×{ $weight })
   *[no] {""}
}; { $when } { $value }, { $points ->
    [one] { $points } очко
    [few] { $points } очка
   *[many] { $points } очков
}
plan-line-unknown = { $name }: { $floor } → <b>{ $target }</b>{ $heavier ->
    [yes] {" "}(×{ $weight })
   *[no] {""}
}; { $when } мало данных
plan-writing = { $own ->
    [yes] <b>Ваш план</b>, каким вы его видите
   *[no] <b>План: { $name }</b>, его ещё никто не видит
}
plan-writing-how = Нажмите показатель или вес, чтобы изменить. Предложение начинается с прошлого квартала: он стоит 75 очков.
plan-metric-button = { $out ->
    [yes] ＋ { $name }
   *[no] { $name }
}
plan-weight-button = Вес: { $name } { $weight }
plan-propose-button = Предложить
plan-drop-button = Не надо
plan-accept-button = Принять
plan-remark-button = Сказать слово
plan-other-button = Предложить другое
plan-begin-button = Предложить план
plan-leave-out = Не считать в балле
plan-take-in = Считать в балле
plan-proposed = { $own ->
    [yes] <b>План для вас</b>, версия { $version }
   *[no] <b>План: { $name }</b>, версия { $version }
}
    Предлагает { $by }, { $at }. Пока обе стороны не согласны, по нему ничего не считается.
plan-would-give = { $days }: с ним балл был бы <b>{ $points }</b>, { $now ->
    [nothing] по нынешнему его нет
   *[other] по нынешнему { $now }
}.
plan-would-give-nothing = { $days }: для балла мало данных.
plan-waits = { $who ->
    [me] <b>Слово за вами:</b> примите, скажите, что думаете, или предложите другое.
   *[them] { $own ->
        [yes] Слово за руководителем.
       *[no] Слово за оператором.
    }
}
plan-of-team = { $own ->
    [yes] <b>Ваш план</b>: общий для команды
   *[no] <b>План: { $name }</b>, общий для команды
}
    О другом не договаривались.
plan-agreed = { $own ->
    [yes] <b>Ваш план</b>, версия { $version }
   *[no] <b>План: { $name }</b>, версия { $version }
}
    { $begun ->
        [yes] Согласован; действует с { $since }.
       *[no] Согласован; начнёт действовать { $since }.
    }
plan-review = <b>Прошёл квартал.</b> План всё ещё верный?
plan-remark = <b>{ $name }:</b> { $words }
plan-ask-title = <b>{ $name }</b>
plan-ask-now = Сейчас от { $floor } до { $target }.
plan-ask-out = Сейчас в балле не считается.
plan-ask-how = { $unit ->
    [seconds] От какого значения до какого? Например: <code>5:00 1:40</code> или <code>5 мин 100 с</code>.
    [net] От какого значения до какого? Например: <code>0 50</code>.
   *[percent] От какого значения до какого? Например: <code>60 90</code>.
} <code>×2</code> в конце удвоит вес. /cancel оставит как есть.
plan-ask-weight = <b>{ $name }</b>: вес сейчас { $weight }. Каким он будет, от 0 до 100? 0 уберёт раздел из балла. /cancel оставит как есть.
plan-unfit = { $why ->
    [same] Значения одинаковы: ни одно не было бы лучше другого. Напишите два разных.
    [turned] { $direction ->
        [down] Здесь меньше значит лучше, второе значение меньше первого.
       *[up] Здесь больше значит лучше, второе значение больше первого.
    }
    [beyond] { $unit ->
        [percent] Такого не бывает: проценты от 0 до 100.
        [net] Такого не бывает: NPS от −100 до 100.
       *[other] Такого не бывает: от 5 секунд до 24 часов.
    }
    [weight] Вес — число от 0 до 100, и хоть что-то должно весить больше 0.
   *[numbers] { $unit ->
        [seconds] Напишите два времени, минуты и секунды: <code>5:00 1:40</code>
       *[other] Напишите два числа: <code>60 90</code>
    }
}
plan-numbers-words = Напишите числа текстом. /cancel оставит как есть.
plan-remark-words = Напишите это текстом. /cancel отменит.
plan-remark-ask = Что скажете об этом плане? Другая сторона прочтёт. /cancel отменит.
plan-remark-sent = Отправлено.
plan-proposed-toast = Предложено
plan-dropped = Убрано
plan-accepted-toast = Согласовано
plan-left = Оставили как есть.
refused-words-too-long = Не больше { $limit } знаков. Напишите короче; /cancel отменит.
