# The team's week for supervisors
digest-title = <b>The team’s week</b>, { $days }. Only what chance does not explain is named.
digest-quiet = Nobody’s figures moved, for the worse or for the better, from what is usual for them.
digest-fell = <b>Worse than usual</b>
digest-thank = <b>Worth a thank-you</b>
digest-load = <b>A heavy load</b>
digest-more = and { $count } more
digest-moved = • { $who }: { $name } { $now } ({ $n }), usually { $was }
digest-load-line = • { $who }: { $facts }
digest-load-more = { $n ->
    [one] { $n } chat
   *[other] { $n } chats
} this week, usually { $usual }
digest-load-open = { $n } open now, the others { $others } in the middle
digest-records-button = { $name }: what it is made of
digest-compare-button = Compare operators

# A figure falls during the week
fell-title = <b>{ $who }: { $name }, worse than usual this week</b>
fell-figures = Now { $now } ({ $n }), interval { $interval }. In the 13 weeks before { $was }, interval { $span }.
fell-once = Chance hardly explains it (99%). You will not be told of it again this week.
fell-yours = <b>{ $name }: a harder week than usual so far</b>
fell-kind = It happens, and the week is not over. Have a look at the records: often there is one reason, and it is not you. Supervisors see the same, and you can talk over with them what gets in the way.
