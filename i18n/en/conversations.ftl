# To the customer
conversation-opened = Got it, your number is { $number }. { $due ->
    [soon] We will answer soon.
   *[other] We will answer by { $due }.
}
conversation-opened-closed = Got it, your number is { $number }. The team is away until { $back } and will answer by { $due }.
conversation-privacy = We keep this chat to answer you and to do our work better. Only the team sees it. What is kept, and how to delete it: /privacy
conversation-many = So many messages at once! All of them are kept, and will be read in order.
conversation-banned = Sorry, we cannot accept your message.
silent-reminder = We have answered No. { $number } and are waiting for you. If nothing is left to ask, there is no need to write: we wait until { $until }, then close it.
silent-closed = We have closed No. { $number }, as we did not hear from you. If anything is left to ask, just write.

# After closing
afterwards-question = No. { $number } is closed. What is your message about?
afterwards-thanks = Just thanks
afterwards-still = Still No. { $number }
afterwards-new = New question
afterwards-welcome = Always glad to help.
afterwards-goes-on = { $choice ->
    [new] New question, No. { $number }.
   *[other] No. { $number } is open again.
} { $due ->
    [soon] We will answer soon.
   *[other] We will answer by { $due }.
}
afterwards-toast = { $choice ->
    [thanks] Thank you!
    [new] New question opened
   *[other] Open again
}

# A conversation's card
conversation-offer = <b>{ $kind ->
    [again] Waiting again
   *[new] New question
}, No. { $number }</b>
conversation-unattended = <b>Nobody is on shift, No. { $number }</b>
conversation-held = <b>No. { $number }, yours to answer</b>
conversation-follow-up = <b>No. { $number }, you write to the customer</b>
conversation-follow-up-how = Answers come here. To finish: “Done” on the alert.
conversation-customer = { $customer } · { $count ->
    [0] first chat
    [one] { $count } earlier chat
   *[other] { $count } earlier chats
}{ $stars ->
    [0] {""}
   *[other] , last rating { $stars }
}
conversation-diary = Diary: { $line }
conversation-waits = Since { $since }, answer by { $due }
conversation-answered = Answered: { $at }
conversation-more = No. { $number }, { $customer }: { $count ->
    [one] { $count } more message came at once. It is kept.
   *[other] { $count } more messages came at once. They are kept.
}
conversation-more-button = { $count ->
    [one] Show it
   *[other] Show { $count }
}
conversation-note = { $name } hands it over:
conversation-heard = { $name } says in the voice message:
conversation-taken = No. { $number }: { $name } answers, since { $since }
conversation-closed = No. { $number }: { $outcome ->
    [solved] solved
    [not_solved] not solved
    [spam] spam
    [left] the customer stopped the bot
   *[no_answer] the customer did not answer
}. { $by ->
    [nobody] {""}
   *[somebody] { $name },{" "}
}{ $at }
conversation-priority-line = Priority: { $priority ->
    [urgent] urgent
    [high] high
    [low] low
   *[normal] normal
}
conversation-label = No. { $number } · { $customer }

# Its buttons
conversation-take = Take
conversation-answer = Answer
conversation-outcome-button = { $outcome ->
    [solved] Solved
    [not_solved] Not solved
   *[spam] Spam
}
conversation-only-thanks = Only thanks
conversation-hand-over = Hand over
conversation-priority = Priority
conversation-history-button = History

# Answers to taps
conversation-taken-toast = No. { $number } is yours
conversation-chosen = Chosen: { $customer }, No. { $number }
conversation-shown = Shown below
conversation-closed-toast = No. { $number } { $outcome ->
    [solved] closed: solved
    [not_solved] closed: not solved
   *[spam] closed: spam
}
conversation-as-it-was = No. { $number } is closed as it was
conversation-priority-ask = Which priority for No. { $number }?
conversation-priority-button = { $priority ->
    [urgent] Urgent: { $limit }
    [high] High: { $limit }
    [low] Low: { $limit }
   *[normal] Normal: { $limit }
}
conversation-priority-toast = No. { $number }: { $priority ->
    [urgent] urgent
    [high] high
    [low] low
   *[normal] normal
}
conversation-history = <b>History, No. { $number }</b>
conversation-history-line = { $at } <b>{ $name }</b>: { $undone ->
    [yes] <s>{ $words }</s>
   *[no] { $words }
}

# A nudge
conversation-nudge = <b>Time to answer, No. { $number }</b>
    { $customer } waits since { $since }, answer by { $due }

# What an operator writes
conversation-nobody-on-shift = You have no open chat right now, so this went to nobody. Who waits: /queue
conversation-nobody-off-shift = You have no open chat right now, so this went to nobody. To start your shift: /shift
conversation-reply-to-card = Nobody got this: replies to that card are not passed on. To write to a customer, reply to their words.
conversation-sent-closed = Sent. No. { $number } stays closed.
conversation-undone = The customer's copy is deleted.
conversation-undo-how = To delete your message on the customer's side, reply to it: /undo
conversation-undelivered = <b>Not delivered, No. { $number }</b>
    { $why ->
    [left] { $customer } has stopped the bot and cannot be written to.
   *[refused] { $customer }: Telegram did not accept this message.
}
conversation-undelivered-yours = <b>This message could not be passed on.</b> Please send it in another way.
whose-question = <b>To whom does this go?</b>
whose-nobody = Do not send
whose-sent = Sent: No. { $number }, { $customer }
whose-toast = { $number ->
    [0] Not sent
   *[other] Sent: No. { $number }
}

# /close
conversation-only-follow-up = You are writing to a customer after a low rating. To finish: “Done” on the alert; find it with /alerts
conversation-nothing-to-close = You have no open chat right now.
conversation-close-which = Which chat do you want to close?
conversation-close-how = How does No. { $number } ({ $customer }) end?

# Handing over
handover-to-whom = To whom does No. { $number } go?
handover-nobody = Nobody else is on shift: there is nobody to take No. { $number }.
handover-queue = To the queue
handover-me = To me
handover-note = { $queue ->
    [yes] A few words to whoever takes No. { $number }? Write them in one message.
   *[no] A few words for { $name } about No. { $number }? Write them in one message.
}
handover-note-words = Text is needed here. Or hand it over without words; /cancel to keep it.
handover-without-note = Hand over without words
handover-left = All right, the chat stays as it is.
handover-done = { $queue ->
    [yes] No. { $number } is back in the queue
   *[no] No. { $number } handed over: { $name }
}

# /queue
queue-title = <b>Open chats</b>
queue-empty = Nobody waits, no chat is open.
queue-line = No. { $number } · { $customer } · { $priority ->
    [urgent] urgent ·{" "}
    [high] high ·{" "}
    [low] low ·{" "}
   *[normal] {""}
}{ $waits ->
    [yes] since { $since }, answer by { $due }
    [follow-up] a supervisor writes
   *[no] answered
} · { $who ->
    [nobody] in the queue
    [me] yours
   *[other] { $holder }
}
queue-more = And more: { $count }
queue-take = Take No. { $number }
queue-answer = Answer No. { $number }
queue-open = Open No. { $number }
queue-spam-button = Spam and “thanks”: { $count }
queue-spam-title = <b>Closed as spam or “only thanks” in 7 days</b>
queue-spam-none = Nothing was closed as spam or “only thanks” in 7 days.
queue-spam-line = No. { $number } · { $customer } · { $what ->
    [thanks] only thanks
   *[spam] spam
} · { $name }, { $at }
queue-spam-undo = Bring back No. { $number }
queue-spam-undone = No. { $number } is open again

refused-not-on-shift = They are not on shift now.
refused-note-too-long = A note holds 1,000 characters at most. Please write a shorter one; /cancel to keep the chat.
refused-still-banned = This customer is banned. Lift the ban first: /team
refused-too-late-to-undo = Telegram lets a message be deleted for 48 hours only.
refused-not-your-conversation = This chat is not yours: whoever answers it can close it.
refused-not-your-message = Only your own message can be deleted on the customer's side.
