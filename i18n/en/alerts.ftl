# A bad rating
alert-ending = { $state ->
    [done] : done
    [fixed] : fixed
    [withdrawn] : withdrawn
   *[other] {""}
}
alert-people = Customer: { $customer }. Operator: { $operator }.
alert-was = It was { $lowest } of 5 before.
alert-last-words = Last messages:
alert-line = { $name }: “{ $words }”
alert-diary = Diary: { $line }
alert-earlier = Earlier ratings: { $ratings }
alert-nobody = Nobody has taken it yet.
alert-again = The customer says: not yet. It was with { $name }.
alert-reminder = { $when ->
    [today] Reminder at { $at }.
   *[later] Reminder: { $at }.
}
alert-mine = <b>Yours</b> since { $since }
alert-not-done = Taken and not done yet.
alert-theirs = { $name } is on it, since { $since }
alert-free = Taken and not done yet. Anybody may take it now.
alert-done = Done: { $name }, { $at }
alert-withdrawn = The customer raised the rating before anybody took it. There is nothing to do.
alert-asked-fixed = The customer was asked whether it is all right now.
alert-take = Take
alert-write = Write
alert-call-back = Call back
alert-done-button = Done…

# Answers to taps
alert-taken = It is yours now
alert-writing = The chat is open again, the customer's replies come to you
alert-asking-number = The customer was asked for a number
alert-shown = Shown below
alert-answer-noted = Thank you, noted

# Done
alert-note-ask = What was done about No. { $number }? One message, please. /skip for no note, /cancel to leave it as it is.
alert-note-expected = A text is expected here: what was done. Or /skip for no note, /cancel to leave it as it is.
alert-note-saved = Saved: No. { $number } is done.
alert-note-left = All right, it stays as it is.
alert-fixed-question = We have put No. { $number } right. Is it all right now?
alert-fixed-yes = Yes
alert-fixed-not-yet = Not yet
alert-fixed-thanks = Thank you. Good to know it is all right now.
alert-fixed-again = Thank you for telling us. We are on it again.

# A call
alert-call-ask = We would like to call you about No. { $number }. Share your number with the button below, or type it.
alert-call-share = Send my number
alert-call-thanks = Thank you, the number is noted.
alert-call-when = We will call { $phone }. When suits you?
alert-call-time = { $when ->
    [now] Now
    [hour] In an hour
   *[evening] This evening
}
alert-call-words = Another time
alert-call-words-ask = Write when it suits you, for example: tomorrow after 6 pm. /cancel for never mind.
alert-call-words-expected = A text is expected here: when it suits you. Or /cancel for never mind.
alert-call-words-left = All right. You can also choose a time with a button.
alert-call-agreed = We will call { $phone }. Time: { $at }
alert-call-agreed-words = We will call { $phone }. Time:
alert-call-asked = The customer was asked for a number to call: { $at }. No answer yet.
alert-call-known = The number before: { $phone }
alert-call = Call { $phone }
alert-call-at = Call { $phone }, { $at }

# A late reply
alert-late-title = <b>Late reply, No. { $number }{ $end ->
    [none] {""}
    [answered] : answered
   *[other] : no longer waited for
}</b>
alert-late-see = Open the chat
alert-late-hand-over = Hand over
alert-late-queue = Customer: { $customer }. No operator yet: it is in the queue.
alert-late-waits = Waiting since { $since }, the limit is { $limit }.
alert-late-answered = Answered after { $after }, the limit is { $limit }.
alert-late-ended = { $end ->
    [left] The customer stopped the bot. The limit was { $limit }.
    [spam] Closed as spam. The limit was { $limit }.
    [thanks] It was only thanks. The limit was { $limit }.
   *[closed] Closed without an answer, the limit was { $limit }.
}

# Many late replies at once
alert-digest = <b>{ $waiting ->
    [0] Late replies: nobody waits any more
    [one] Late replies: { $waiting } customer waits
   *[other] Late replies: { $waiting } customers wait
}</b>
alert-digest-waits = No. { $number }: { $customer }, since { $since }. Operator: { $operator }.
alert-digest-queue = No. { $number }: { $customer }, since { $since }. In the queue.
alert-digest-answered = No. { $number }: { $customer }, answered after { $after }.
alert-digest-over = No. { $number }: { $customer }, no longer waited for.

# /alerts
alert-none = There are no open alerts.
alert-list = <b>Open alerts: { $count }</b>
alert-list-open = No. { $number }: rating { $stars } of 5, since { $since }. Nobody has taken it.
alert-list-again = No. { $number }: rating { $stars } of 5, since { $since }. The customer says: not yet.
alert-list-taken = No. { $number }: rating { $stars } of 5, since { $since }. { $name } is on it.
alert-list-late = No. { $number }: late reply, since { $since }.
alert-list-more = And more: { $count }.
alert-list-button = No. { $number }
