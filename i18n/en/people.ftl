# Who is who
role-customer = customer
role-operator = operator
role-supervisor = supervisor
role-both = supervisor and operator

# /start and /help
people-hello-customer = Hello! Tell us what happened: in words, with a photo or by voice. A person will answer, right here.
people-hello-staff = <b>{ $name }, your role: { $roles }.</b>
people-question-open = We have your question, No. { $number }. You can add to it: all of it reaches whoever answers.
people-shift-on = You are on shift since { $since }: new questions come here.
people-shift-off = You are off shift: no new questions come. To begin: /shift
people-holding = { $count ->
    [one] You have { $count } open chat.
   *[other] You have { $count } open chats.
}
people-link-nothing = This link opened nothing, but never mind.

# Commands: the menu and /help
command-queue = who waits, and open chats
command-close = close the chat
command-shift = begin or end your shift
command-diary = new diary entry
command-diaries = entries: find, open, correct
command-kpi = my figures and chart
command-plan = what my score is made of
command-alerts = open alerts
command-report = the team’s charts and comparison
command-invite = invite somebody to the team
command-team = people, roles, shifts, names
command-help = what you can do here
command-language = Russian or English
command-privacy = what we keep about you; delete it
people-command = /{ $name }: { $does }

# Language
people-language-ask = Which language shall we speak?
people-language-set = We speak English now.
language-ru = Русский
language-en = English

# Shift
people-shift-began = <b>You are on shift.</b> New questions come here. To end it: /shift
people-shift-ended = <b>Your shift is over.</b> No new questions come. To begin again: /shift
people-shift-open = { $count ->
    [one] <b>You have { $count } open chat.</b> Hand it to the queue, or finish it yourself?
   *[other] <b>You have { $count } open chats.</b> Hand all to the queue, or finish them yourself?
}
people-shift-to-queue = Hand to the queue
people-shift-finish = I will finish
people-shift-handed = { $count ->
    [one] Your shift is over, { $count } chat went to the queue.
   *[other] Your shift is over, { $count } chats went to the queue.
}
people-shift-finishing = No new questions come; your open chats stay with you.

# Invites
people-invite-ask = Whom shall we invite?
people-invitee-operator = An operator
people-invitee-supervisor = A supervisor
people-invite-made = <b>An invite. Role: { $role }.</b>
people-invite-how = Pass this link on to one person. It works once, until { $until }:
people-invite-revoke = Revoke
people-invite-revoked = The invite is revoked, its link no longer works.
people-joined = <b>You are in the team. Role: { $role }.</b>
people-joined-tell = <b>{ $name } is in the team now.</b> Role: { $role }.
people-set-up = <b>The bot is set up. Your role: supervisor.</b>
people-set-up-next = Invite operators: /invite. You can answer customers yourself, too: /shift

# Team
people-team = <b>Team</b>
people-team-member = { $name }: { $roles }, { $shift ->
    [on] on shift
   *[off] off shift
}
people-team-unreachable = { $name }: { $roles }, <b>cannot be written to</b>
people-team-more = { $count ->
    [one] And { $count } more: find them by name.
   *[other] And { $count } more: find them by name.
}
people-unreachable = Who cannot be written to should press Start at { $link }
people-invites = <b>Invites not used yet</b>
people-invite-line = { $role }, until { $until }
people-invites-more = And more: { $count }
people-revoke-line = Revoke: { $role }, until { $until }
people-banned = <b>Banned customers</b>
people-banned-line = { $name }
people-invite-button = Invite
people-find-button = Find a person
people-find-ask = Whom shall we find? A chat's number, a name or a Telegram @name. To leave it: /cancel
people-find-again = A text is needed: a chat's number, a name or a @name. To leave it: /cancel
people-find-none = Nobody found. Try another way: a chat's number, a name or a @name. To leave it: /cancel
people-find-which = Which of them?
people-find-label = { $name }, { $roles }

# A person
people-member-name = <b>{ $name }</b>
people-member-telegram = On Telegram: { $name }
people-member-role = Role: { $roles }
people-member-shift-on = On shift since { $since }
people-member-shift-off = Off shift
people-member-since = With us since { $since }
people-member-unreachable = Cannot be written to: they should press Start at { $link }
people-member-settings = The role is set in the settings and cannot be taken away here.
people-member-banned = Banned since { $since }: nobody gets their messages.
people-name-button = Name for customers
people-name-ask = Which name shall customers see? Now: { $name }. Write a new one, up to 64 characters. To leave it: /cancel
people-name-again = A text is needed: the name customers will see. To leave it: /cancel
people-name-reset = As on Telegram
people-name-set = Done. Customers see the name: { $name }
people-give-operator = Make operator
people-give-supervisor = Make supervisor
people-take-operator = Take operator role away
people-take-supervisor = Take supervisor role away
people-remove-button = Remove from the team
people-remove-ask = <b>Remove from the team: { $name }?</b> Open chats go back to the queue.
people-removed = No longer in the team: { $name }
people-role-given = Role added.
people-role-taken = Role taken away.
people-left = Somebody of the team has deleted their data and left it. What they had open is in the queue: /queue
people-now-customer = You are no longer in the team. You can write to us right here.
people-now-roles = Your role now: { $roles }.
people-ban-button = Ban
people-unban-button = Lift the ban
people-ban-done = Banned.
people-unban-done = The ban is lifted.

# Refusals
refused-set-in-settings = The role is set in the bot's settings (SUPERVISOR_IDS, OPERATOR_IDS). Only there can it be taken away.
refused-last-supervisor = There is no other supervisor. Invite somebody first: /invite
refused-staff-not-banned = This person is in the team. Remove them from it first: /team
refused-link-unknown = There is no such link. Check that it was copied whole, or ask for a new one.
refused-link-expired = The invite has expired: it is good for 7 days. Ask for a new one.
refused-link-revoked = This invite was revoked. Ask for a new one.
refused-link-used = Somebody came in by this link already, it works once. Ask for a new one.
refused-own-link = This invite is your own: pass it on to whom you invite.
refused-already-that = You have this role already. What you can do now: /help
refused-name-too-long = A name for customers: 1 to 64 characters. Write a shorter one, or /cancel

# Groups, outages, what is not clear
people-private-only = I work in private chats only: https://t.me/{ $bot }
people-outage = <b>The bot was away from { $since } to { $until }.</b>
people-outage-taps = Messages arrived, but taps on buttons may be missing. Who was asked for a rating then and gave none is asked once more.
people-outage-messages = Telegram keeps messages for 24 hours only: older ones may be missing, too.
people-restored = <b>The database was put back to a copy of { $since }.</b>
people-restored-missing = What was written, tapped and rated from then to { $until } still stands in the chats but is unknown here: look through yours for what must not be forgotten, and ask customers who wrote then to write once more. Buttons of that time do nothing. Reminders and alerts may be wrong where an answer is not known. Who was asked for a rating before and gave none we know of is asked once more.
people-other-copy =
    <b>Another copy of this bot is running.</b>
    It uses the same token with another database, so a part of the messages and taps goes to it and is missing here. Whoever runs the bot should stop the other copy, or take a new token from @BotFather.
people-cancelled = All right, left as it was.
people-nothing-to-cancel = There is nothing to cancel. What you can do now: /help
people-not-understood = It is not clear who this is for. What you can do now: /help

# Work that was given up
parked-some = ⚠️ <b>{ $count ->
    [one] { $count } thing could not be done
   *[other] { $count } things could not be done
}</b>, though the bot tried several times.
parked-kept = Nothing of it is lost, and everybody else is served. If it was a message, its author knows that it is kept.
parked-what-to-do = Please tell whoever runs the bot: <code>{ $command }</code> says what it is, and can try it again.
parked-none = ✅ What could not be done has been seen to.
