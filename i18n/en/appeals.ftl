# An operator objects to a rating or a late reply
appeal-button = Object
appeal-show = { $state ->
    [open] Objection: waits
    [upheld] Objection: taken out
   *[declined] Objection: it stays
}
appeal-ask = { $kind ->
    [rating] Why should the rating of No. { $number } not count for you?
   *[overdue] Why should the late reply in No. { $number } not count for you?
} A supervisor reads it beside the chat and decides. /cancel leaves it.
appeal-words = Write it as text, please. /cancel leaves it.
appeal-left = Left as it is.
appeal-title = <b>{ $kind ->
    [rating] Objection to a rating
   *[overdue] Objection to a late reply
}, No. { $number }</b>
appeal-stars = { $row } { $name }
appeal-why = { $own ->
    [yes] <b>You say:</b>
   *[no] <b>{ $name } says:</b>
}
appeal-open = A supervisor decides.
appeal-decided = { $state ->
    [upheld] <b>Taken out</b> of every figure by { $name }, { $at }. The record stays.
   *[declined] <b>It stays.</b> { $name }, { $at }.
}
appeal-effect = { $name }, { $days }: { $state ->
    [open] { $counted }; without it { $excluded }.
    [upheld] was { $counted }, is { $excluded }.
   *[declined] { $counted }.
}
appeal-uphold = Take it out
appeal-decline = It stays
appeal-decided-toast = Decided
appeal-note-ask = { $upheld ->
    [yes] It is out of every figure.
   *[no] It stays in the figures.
} Say in a sentence why: the operator reads it. /skip if there is nothing to say.
appeal-note-sent = Passed on.
appeal-no-note = Decided without a word.
appeal-list = <b>Operators object</b> to { $count ->
    [one] { $count } record
   *[other] { $count } records
}:
kpi-one-title = <b>No. { $number }.</b> { $name }
kpi-one-counts = Counts as: { $verdict }
kpi-one-open = Open since { $since }
kpi-one-closed = { $opened } to { $closed }, { $outcome ->
    [solved] solved
    [not_solved] not solved
    [spam] spam
    [no_answer] the customer fell silent
    [left] the customer left
   *[none] closed
}
kpi-one-waits = Waits since { $since }, was due { $due }
kpi-one-waited = Waited since { $since }, due { $due }, over { $ended }
kpi-one-messages = All messages
kpi-one-entry = Diary entry
kpi-one-back = Back to the records
