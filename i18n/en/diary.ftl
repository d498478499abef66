# Diary: an entry while it is being written
diary-title = <b>Diary</b>
diary-title-number = <b>Diary, No. { $number }</b>
diary-title-channel = <b>Diary, { $channel }</b>
diary-channel = { $channel ->
    [telegram] Telegram
    [phone] phone
    [email] e-mail
    [chat] chat
    [messenger] messenger
    [visit] visit
   *[none] channel not said
}
diary-when-where = { $at }, { $channel }
diary-customer = Customer: { $customer }
diary-words = { $field ->
    [request] Request: { $words }
    [done] Done: { $words }
   *[result] Result: { $words }
}
diary-mood = { $mood ->
    [1] angry, 1 of 5
    [2] displeased, 2 of 5
    [3] even, 3 of 5
    [4] calm, 4 of 5
    [5] glad, 5 of 5
   *[0] not marked
}
diary-mood-line = Mood: { $mood }
diary-status = { $status ->
    [done] done
    [open] open
    [follow_up] follow up, no date chosen
   *[none] not marked
}
diary-status-when = { $day ->
    [today] follow up today, { $at }
   *[other] follow up { $at }
}
diary-status-line = Status: { $status }
diary-photos = Photos: { $count }

# The offer after a conversation
diary-offer = Mark the mood and the status; the rest can be added in words.
diary-write = { $begun ->
    [yes] Go on
   *[no] Write
}
diary-save = Save
diary-saved = Saved in the diary.
diary-not-yet = First choose when to follow up.

# Steps
diary-ask = { $step ->
    [time] When was it? Tap a button or type: "14:30", "yesterday 10:00", "12.03 15:00".
    [channel] How were you in touch?
    [customer] Who is the customer? Name and contact with a comma between, for example: "Pavel, +7 900 000-00-00". A contact card will do, too.
    [request] What did the customer ask for? Text, or a photo with a caption.
    [done] What was done? Text, or a photo with a caption.
    [result] How did it end? The result, or notes.
    [mood] How does the customer feel? From 1 (angry) to 5 (glad).
    [status] What is the status?
    [when] Follow up when? Tap a button or type: "tomorrow 15:00", "12.03 10:00", "in 2 hours".
    [fields] What is to be corrected?
   *[preview] Is it all right?
}
diary-hint = { $hint ->
    [button] One of the buttons below is needed here.
    [moment] A button, or a time in words, is needed here.
    [words] Text, or a photo with a caption, will do here. This kind of message was not put into the diary.
    [voice] Dictation is off here, please type. The voice is kept, and all you entered.
    [later] The recording is kept: speech recognition is not ready yet. It is tried again, and what you said comes here by itself; or type.
    [silent] Nothing could be made out in the recording. It is kept; say it again closer to the microphone, or type.
    [foreign] That seems to be neither Russian nor English. The recording is kept; say it again, or type.
    [broken] This file could not be read as sound. It is kept; please send another, or type.
    [long] Recordings of up to 10 minutes and 20 MB can be listened to. This one is kept; say it shorter, or type.
    [photo] The photo is kept. You can add words or go on.
    [more] The long text is kept whole. If there is more, send it; if not, tap "Next".
    [first] This is the first step.
    [date] Choose when to follow up: without a date there is no reminder.
    [passed] That moment has passed.
    [ahead] That moment is still to come.
    [far] That is too far: more than a year.
   *[unreadable] The date or time could not be read.
}
diary-listening = { $ahead ->
    [0] I am listening.
    [one] I am listening. { $ahead } recording is before yours.
   *[other] I am listening. { $ahead } recordings are before yours.
} { $minutes ->
    [0] What you said comes here in a moment.
   *[other] What you said comes here in about { $minutes } min.
}
diary-voices = Recordings: { $count }
diary-heard = Heard: “{ $words }”
diary-heard-late = What you dictated was heard after the entry was closed, and is not in it: { $words }
diary-ago = { $ago ->
    [m30] Half an hour ago
    [m60] An hour ago
    [m120] 2 hours ago
   *[mnow] Now
}
diary-status-button = { $status ->
    [done] Done
    [open] Open
   *[follow_up] Follow up…
}
diary-later = { $later ->
    [evening] Today, 18:00
    [tomorrow] Tomorrow, 10:00
    [days3] In 3 days
   *[monday] On Monday
}
diary-skip = { $answered ->
    [yes] Next
   *[no] Skip
}
diary-back = Back
diary-cancel = Cancel
diary-clear = Take this away
diary-about = No. { $number }, { $name }
diary-correct = Correct
diary-again = Again
diary-field = { $field ->
    [time] Time
    [channel] Channel
    [customer] Customer
    [request] Request
    [done] Done
    [result] Result
    [mood] Mood
    [status] Status
   *[when] When to follow up
}
diary-no-photos = Take the photos away
diary-aside = { $what ->
    [entry] The correction is left for later, the entry is as it was.
   *[new] The entry is not finished and left for later. All you entered is kept.
}
diary-continue = Continue
diary-unfinished = You have an unfinished entry.
diary-new = New entry
diary-cancelled = Cancelled. The diary is as it was.
refused-nothing-to-save = There is nothing to save yet: mark the mood or the status, or write a few words.
refused-draft-aside = This entry was left for later. Tap "Continue" below it.
refused-draft-saved = This entry is in the diary already. To find and correct it: /diaries

# A saved entry
entry-by = Written by: { $name }
entry-saved = { $version ->
    [1] Saved: { $at }
   *[other] Version { $version }, saved: { $at }
}
entry-reopened = The chat went on and was closed again: { $at }. If something changed, correct the entry.
entry-whole = Open it whole
entry-photos = Show the photos
entry-photo = { $title }: photo { $number } of { $count }
entry-customer = All about the customer
entry-before = Earlier version
entry-open = Open the entry
entry-number = No. { $number }
entry-page-title = <b>{ $title }</b>
    Version { $version }, { $page } of { $pages }
entry-next-page = Next
entry-field = { $field ->
    [request] Request
    [done] Done
   *[result] Result
}

# The reminder
followup-title = <b>Time to follow up: { $title }</b>
followup-done = Marked as done.
followup-moved = Put off until: { $at }
followup-done-button = Done
followup-tomorrow = Tomorrow, 10:00

# The list
entries-title = <b>Diary</b>, { $count ->
    [one] { $count } entry
   *[other] { $count } entries
}
entries-searched = Search: { $words }
entries-line = <b>{ $number }.</b> { $at } · { $about }
entries-words = { $words }
entries-none = { $searched ->
    [yes] Nothing was found. Try another word or name.
   *[no] There are no entries yet. The first one: /diary
}
entries-newer = ◀ Newer
entries-older = Older ▶
entries-search = Search
entries-all = Show all
entries-ask = Which words? A customer's name, a contact, a chat's number or words of an entry will do. Changed your mind: /cancel
entries-words-needed = The search is for words: please type them. Changed your mind: /cancel
entries-not-searched = The search is cancelled.
