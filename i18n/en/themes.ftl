# What customers' comments are about
themes-title = <b>Themes of comments</b>, { $days }
themes-no-comments = There were no comments.
themes-line = { $name }: { $hits } ({ $share }){ $known ->
    [yes] , usually { $usual }{ $grows ->
        [yes] , <b>grows</b>
       *[no] {""}
    }
   *[no] {""}
}
themes-none = Without a theme: { $none } of { $n ->
    [one] { $n } comment
   *[other] { $n } comments
}
themes-wordless = Without words: { $count }
themes-tone = Tone { $value }, from −1 to +1, of { $n ->
    [one] { $n } comment
   *[other] { $n } comments
} that sound either way; their stars { $stars }
themes-tone-value = { $sign ->
    [plus] +
    [minus] −
   *[none] {""}
}{ NUMBER($value, minimumFractionDigits: 1, maximumFractionDigits: 1) }
themes-none-button = Without a theme
themes-words-button = Words without a theme: { $count }
themes-one = <b>{ $name }</b>: { $n ->
    [one] { $n } comment
   *[other] { $n } comments
}
themes-comment = No. { $number } · { $stars } ★ · { $at }
themes-why = Found: { $words }
themes-list-button = Words of the theme
themes-list = <b>{ $name }</b> is found by: { $words }.
    Each counts in all its forms. A tap takes one out.
themes-words = These words stand often in comments without a theme. A tap adds one to the theme it names; all comments are counted anew.
themes-no-words = There are no such words now.
themes-add-button = { $words } ({ $count }) → { $theme }
themes-other-button = Elsewhere…
themes-choose = Where does “{ $words }” belong?
themes-new-button = A theme of its own: { $words }
themes-write-button = Add words
themes-write-ask = What belongs to <b>{ $name }</b>? A word, or several that follow each other. /cancel leaves it.
themes-write-words = A word, please, as text. /cancel leaves it.
themes-left = Left as it is.
themes-added = { $words } → { $theme }
themes-dropped = Taken out
themes-back = ‹ All themes
theme-name = { $theme ->
    [delivery] Delivery
    [refund] Refunds and exchange
    [payment] Payment and price
    [product] The product
    [app] App and site
    [speed] Speed
    [manner] Manner
    [clarity] Clear answers
   *[repeat] Again and again
}
report-themes-button = Themes of comments
digest-themes = <b>More comments about</b>
digest-themes-button = { $words ->
    [0] Themes of comments
   *[other] Themes; words without one: { $words }
}
