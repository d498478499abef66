# Numbers
kpi-percent = { $value }%
kpi-percents = { $low }–{ $high }%
kpi-stars = { NUMBER($value, minimumFractionDigits: 1, maximumFractionDigits: 1) }
kpi-net = { $sign ->
    [plus] +
    [minus] −
   *[none] {""}
}{ $value }
kpi-of = { $hits } of { $n }
kpi-little = not enough data ({ $n } of { $least })
kpi-nothing = no data yet
kpi-axis-day = { $day } { $month ->
    [m1] Jan
    [m2] Feb
    [m3] Mar
    [m4] Apr
    [m5] May
    [m6] Jun
    [m7] Jul
    [m8] Aug
    [m9] Sep
    [m10] Oct
    [m11] Nov
   *[m12] Dec
}
kpi-axis-month = { $month ->
    [m1] Jan
    [m2] Feb
    [m3] Mar
    [m4] Apr
    [m5] May
    [m6] Jun
    [m7] Jul
    [m8] Aug
    [m9] Sep
    [m10] Oct
    [m11] Nov
   *[m12] Dec
}
kpi-axis-quarter = Q{ $quarter } { $year }
kpi-days-in-month = { $first }–{ $last }
kpi-days = { $first } – { $last }
kpi-since-heading = Since { $day }
kpi-since = since { $day }

# Metrics
kpi-name-handled = Chats
kpi-name-solved-share = Solved
kpi-name-confirmed-share = Confirmed as solved
kpi-name-first-response-time = First response
kpi-name-overdue-share = Overdue replies
kpi-name-average-rating = Average rating
kpi-name-csat = Satisfied customers
kpi-name-survey-response-rate = Surveys answered
kpi-name-diary-share = Diary entries
kpi-name-fcr = Solved the first time
kpi-name-repeat-share = Customers coming again
kpi-name-satisfied-share = Satisfied with answers
kpi-name-professional-share = Professional manner
kpi-name-nps = Recommend us (NPS)
kpi-name-ces = Easy to get solved
kpi-name-diary-completeness = Completeness of the diary
kpi-name-messages = Messages sent
kpi-name-solved = Closed as solved
kpi-name-spam-count = Closed as spam
kpi-name-handle-time = Handling time
kpi-name-self-solved-share = Solved alone
kpi-name-reply-time = Reply time
kpi-name-overdue = Replies that were late
kpi-name-resolution-time = Time to the solution
kpi-name-abandoned-share = Closed without an answer
kpi-name-recovery-share = Made good again
kpi-name-diary-gap = Diary against rating
kpi-name-score = Score

kpi-n-handled = { $n ->
    [one] { $n } chat
   *[other] { $n } chats
}
kpi-n-solved-share = { $hits } of { $n ->
    [one] { $n } chat
   *[other] { $n } chats
}
kpi-n-confirmed-share = { $hits } of { $n ->
    [one] { $n } answer
   *[other] { $n } answers
}
kpi-n-first-response-time = { $n ->
    [one] { $n } chat
   *[other] { $n } chats
}
kpi-n-overdue-share = { $hits } of { $n ->
    [one] { $n } wait
   *[other] { $n } waits
}
kpi-n-average-rating = { $n ->
    [one] { $n } rating
   *[other] { $n } ratings
}
kpi-n-csat = { $hits } of { $n ->
    [one] { $n } rating
   *[other] { $n } ratings
}
kpi-n-survey-response-rate = { $hits } of { $n ->
    [one] { $n } survey
   *[other] { $n } surveys
}
kpi-n-diary-share = { $hits } of { $n ->
    [one] { $n } chat
   *[other] { $n } chats
}
kpi-n-fcr = { $hits } of { $n } solved
kpi-n-repeat-share = { $hits } of { $n ->
    [one] { $n } chat
   *[other] { $n } chats
}
kpi-n-satisfied-share = { $hits } of { $n ->
    [one] { $n } answer
   *[other] { $n } answers
}
kpi-n-professional-share = { $hits } of { $n ->
    [one] { $n } answer
   *[other] { $n } answers
}
kpi-n-nps = { $n ->
    [one] { $n } answer
   *[other] { $n } answers
}
kpi-n-nps-lately = { $count } in 13 weeks
kpi-n-ces = { $n ->
    [one] { $n } answer
   *[other] { $n } answers
}
kpi-n-diary-completeness = { $n ->
    [one] { $n } entry
   *[other] { $n } entries
}
kpi-n-messages = { $n ->
    [one] { $n } message
   *[other] { $n } messages
}
kpi-n-solved = { $n ->
    [one] { $n } chat
   *[other] { $n } chats
}
kpi-n-spam-count = { $n ->
    [one] { $n } chat
   *[other] { $n } chats
}
kpi-n-handle-time = { $n ->
    [one] { $n } chat
   *[other] { $n } chats
}
kpi-n-self-solved-share = { $hits } of { $n } solved
kpi-n-reply-time = { $n ->
    [one] { $n } reply
   *[other] { $n } replies
}
kpi-n-overdue = { $n ->
    [one] { $n } wait
   *[other] { $n } waits
}
kpi-n-resolution-time = { $n ->
    [one] { $n } solved chat
   *[other] { $n } solved chats
}
kpi-n-abandoned-share = { $hits } of { $n ->
    [one] { $n } chat
   *[other] { $n } chats
}
kpi-n-recovery-share = { $hits } of { $n ->
    [one] { $n } answer
   *[other] { $n } answers
}
kpi-n-diary-gap = { $hits } of { $n ->
    [one] { $n } chat
   *[other] { $n } chats
}

kpi-how-handled = Closed chats with an answer from the operator, and those the operator closed without one. The team counts each once. It counts at the last closing.
kpi-how-solved-share = Closed as “solved” among all closed. Spam and customers who left are out. Where the customer says it is not solved, it counts as not solved. It counts at the last closing.
kpi-how-confirmed-share = “Solved” among customers' answers to whether it is solved. No answer counts neither way. It counts at the answer.
kpi-how-first-response-time = Working time a customer waits for the first answer: the median, so half wait less. An operator's time runs once they are on shift and have the chat, the team's from the customer's message. It counts at the opening.
kpi-how-overdue-share = Waits not answered when due, or closed without an answer, among those answered or past due. Late counts for who held the chat when it was due, in time for who answered. It counts at the wait's start.
kpi-how-average-rating = The mean of ratings from 1 to 5. Shown with how many gave what, and not compared with the time before. A rating belongs to who answered last before closing.
kpi-how-csat = Ratings of 4 and 5 among all ratings. It counts at the first tap, with the value of the last. No rating is no vote, not a zero.
kpi-how-survey-response-rate = Surveys answered among those answered or expired. Those still open, and those not sent, are shown beside.
kpi-how-diary-share = Closed chats with a diary entry among closed ones. Spam and customers who left are out.
kpi-how-fcr = Solved, and the customer did not write within 7 days before or after, among those closed as solved. Counted 7 days after closing. Spam is no contact.
kpi-how-repeat-share = Closed chats after which the customer came with another one within 7 days, among closed ones. Spam and customers who left are out. Counted 7 days after closing.
kpi-how-satisfied-share = “Yes” among customers’ answers to whether they are satisfied with the answers. No answer counts neither way. It counts at the answer.
kpi-how-professional-share = “Yes” among customers’ answers to whether they were answered adequately and professionally. No answer counts neither way. It counts at the answer.
kpi-how-nps = Share of answers 9 and 10 less the share of answers 0 to 6, from −100 to +100. Not compared with the time before. A customer is asked once a quarter at most, so the score reads the answers of 13 weeks.
kpi-how-ces = Mean of answers 1 to 7 to whether it was easy to get the question solved. It counts at the answer.
kpi-how-diary-completeness = Which part of the required fields is filled, on average over entries: channel, request, what was done, mood, status. Name and contact are not required. It counts at the first saving, with the value of the last.
kpi-how-messages = What was sent to customers, without what was taken back. It counts at the sending.
kpi-how-solved = Chats closed as “solved”, whatever the customer says to it. It counts at the last closing.
kpi-how-spam-count = Chats closed as spam. Supervisors see each of them and can bring one back. It counts at the last closing.
kpi-how-handle-time = Working time from taking a chat to its last closing, less the time it was closed: the mean. It is that of chats and cannot be compared with telephone calls. It counts at the last closing.
kpi-how-self-solved-share = Closed as “solved” by one person who alone took it and wrote in it, without a hand-over and without a supervisor, among those closed as “solved”. Asking for help is no fault, so it is never scored by itself. It counts at the last closing.
kpi-how-reply-time = Working time a customer waits for any answer: the median. Late counts for who held the chat when it was due, in time for who answered. It counts at the wait's start.
kpi-how-overdue = Waits not answered when due, or closed without an answer. It counts at the wait's start.
kpi-how-resolution-time = Working time from opening to the last closing, of chats closed as “solved”: the median. It counts at the last closing.
kpi-how-abandoned-share = Closed without a single message of the team, among all closed. Spam is out. What nobody answered is nobody's, so it is told of the team alone. It counts at the last closing.
kpi-how-recovery-share = “All right now” among the answers of customers who were let down and were asked again after a supervisor saw to it. It counts at the answer.
kpi-how-diary-gap = Rated chats whose diary, saved before the rating was seen, says “done” and a customer at ease, though the rating is bad; among rated chats with such an entry. It shows where we do not notice that somebody is unhappy. It counts at the rating.
kpi-how-score = Five parts with their weights; 100 is the target, 120 the most. Parts without data do not count, and their weight goes to the others. How many chats there were, and how they were closed, is not in the score. Ratings that blame only the product do not touch it.

kpi-direction = { $direction ->
    [up] More is better.
    [down] Less is better.
   *[neither] Neither more nor less is better by itself.
}
kpi-least = It says something from { $least ->
    [one] { $least } record on.
   *[other] { $least } records on.
}
kpi-interval = 95% interval: { $interval }.
kpi-mean-and-p90 = Mean { $mean }, nine of ten within { $p90 }.
kpi-distribution = Ratings: { $list }.
kpi-left-out = Left out: { $list }.
kpi-left-out-item = { $reason ->
    [not_taken] not taken
    [spam] spam
    [left] customer left
    [thanks] just thanks
    [unknown] unknown
    [excluded] excluded
    [not_answered] not answered
    [opened_by_team] we wrote first
    [open] survey still open
    [not_sent_never_answered] no survey, never answered
    [not_sent_spam] no survey, spam
    [not_sent_left] no survey, customer left
    [not_sent_recent] no survey, one was recent
    [product] only the product to blame
   *[not_sent] no survey
}: { $count }
kpi-said = { $day ->
    [d0] On Monday
    [d1] On Tuesday
    [d2] On Wednesday
    [d3] On Thursday
    [d4] On Friday
    [d5] On Saturday
    [d6] On Sunday
   *[other] On { $date }
} it said { $value }.
kpi-change = { $change ->
    [better] { $kind ->
        [speed] faster
        [often] fewer
       *[good] better
    }
    [worse] { $kind ->
        [speed] slower
        [often] more often
       *[good] worse
    }
    [none] no real change
   *[unknown] nothing to compare with
}
kpi-change-short = { $change ->
    [better] { $kind ->
        [speed] faster
        [often] fewer
       *[good] better
    }
    [worse] { $kind ->
        [speed] slower
        [often] more often
       *[good] worse
    }
    [none] as usual
   *[unknown] no comparison
}

# The card
kpi-team = The team
kpi-card-satisfied = Satisfied customers
kpi-card-first-response = First response
kpi-card-overdue = Overdue replies
kpi-card-going-well = Going well
kpi-card-score-target = target 100
kpi-card-week = { $span ->
    [month] month
    [quarter] quarter
   *[week] week
}
kpi-card-interval = 95% interval
kpi-card-little = not enough data
kpi-card-target-limit = target, limit
kpi-card-csat = { $hits } of { $n ->
    [one] { $n } rating was 4 or 5
   *[other] { $n } ratings were 4 or 5
}
kpi-card-csat-little = ratings were 4 or 5
kpi-card-of = of { $n }
kpi-card-target = target { $value }
kpi-card-work-on = To work on
kpi-card-ratings = { $n ->
    [one] { $n } rating
   *[other] { $n } ratings
}
kpi-card-no-ratings = No ratings
kpi-category = { $category ->
    [communication] Communication
    [problem_solving] Problem solving
    [satisfaction] Satisfaction
    [development] Development
   *[initiative] Initiative
}
kpi-not-kept = not counted
kpi-score-title = { $scope ->
    [team] the team's score
   *[own] { $span ->
        [month] score this month
        [quarter] score this quarter
       *[week] score this week
    }
}
kpi-score-before = { $span ->
    [month] last month
    [quarter] last quarter
   *[week] last week
} { $value }
kpi-no-score = No score
kpi-need-ratings = needs { $least } ratings
kpi-need-chats = needs { $least } chats
kpi-need-chats-too = and { $least } chats

kpi-headline-first-week = { $span ->
    [month] The first month.
    [quarter] The first quarter.
   *[week] The first week.
}
    Figures come with the first chats.
kpi-headline-no-data = There were no chats
    this { $span ->
        [month] month
        [quarter] quarter
       *[week] week
    }.
kpi-headline-begun = The { $span ->
    [month] month
    [quarter] quarter
   *[week] week
} has just begun:
    not enough data to judge.
kpi-headline-thin = A short { $span ->
    [month] month
    [quarter] quarter
   *[week] week
}:
    not enough data to judge.
kpi-headline-usual = A usual { $span ->
    [month] month
    [quarter] quarter
   *[week] week
}.
    No real change.
kpi-headline-alone = A beginning is made:
    next { $span ->
        [month] month
        [quarter] quarter
       *[week] week
    } we can compare.
kpi-headline-rest = Everything else: no real change.
kpi-headline-more = { $worse ->
    [0] Also better: { $better }.
   *[other] { $better ->
        [0] Also worse: { $worse }.
       *[other] Also better: { $better }, worse: { $worse }.
    }
}
kpi-headline-list = { $list }.
kpi-short-csat = { $change ->
    [better] more satisfied
   *[worse] fewer satisfied
}
kpi-short-overdue-share = { $change ->
    [better] fewer late replies
   *[worse] more late replies
}
kpi-headline-first-response-time = { $scope ->
    [team] The team answers
   *[own] You answer
} { $change ->
    [better] faster.
   *[worse] slower.
}
kpi-headline-csat = { $change ->
    [better] More satisfied customers.
   *[worse] Fewer satisfied customers.
}
kpi-headline-overdue-share = { $change ->
    [better] Fewer late replies.
   *[worse] Replies are late more often.
}
kpi-headline-other = { $name }: { $change ->
    [better] better.
   *[worse] worse.
}

kpi-praise-in-time = { $n ->
    [one] All { $n } replies went out in time.
   *[other] All { $n } replies went out in time.
}
kpi-praise-first = { $hits ->
    [one] { $hits } of { $clients } had the first reply within { $limit }.
   *[other] { $hits } of { $clients } had the first reply within { $limit }.
}
kpi-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
kpi-clients = { $n ->
    [one] { $n } customer
   *[other] { $n } customers
}
kpi-praise-csat = { $hits } of { $clients } are satisfied: 4 or 5.
kpi-praise-confirmed-share = { $hits } of { $clients } say: it is solved.
kpi-praise-diary-share = { $hits } of { $n } chats have a diary entry.
kpi-praise-handled = { $n ->
    [one] { $n } chat was closed this { $span ->
        [month] month
        [quarter] quarter
       *[week] week
    }.
   *[other] { $n } chats were closed this { $span ->
        [month] month
        [quarter] quarter
       *[week] week
    }.
}

kpi-work-unknown = { $n ->
    [0] There is too little to tell.
    [one] { $n } rating does not tell.
   *[other] { $n } ratings do not tell.
}
    Let us look again in a { $span ->
        [month] month
        [quarter] quarter
       *[week] week
    }.
kpi-work-evening = { $hits } of { $n ->
    [one] { $n } late reply
   *[other] { $n } late replies
} came after { $hour }.
    { $scope ->
        [team] Plan one more person for evenings.
       *[own] Hand the queue over before you leave.
    }
kpi-work-late = { $hits } of { $n ->
    [one] { $n } reply was late.
   *[other] { $n } replies were late.
}
    Begin with who has waited longest.
kpi-work-first = First reply after { $limit }: { $hits } of { $n }.
    { $scope ->
        [team] See who is on shift at the peak.
       *[own] Take it and say hello at once.
    }
kpi-work-confirmed-share = { $hits } of { $n } say: it is not solved.
    Ask before you close.
kpi-work-diary-share = { $hits } of { $n } chats are in the diary.
    Two lines right after closing will do.
kpi-work-reason = { $reason ->
    [slow] “Slow”
    [not_solved] “Not solved”
    [impolite] “Impolite”
    [unclear] “Unclear”
   *[repeat] “Had to repeat”
}: { $hits } of { $n ->
    [one] { $n } bad rating.
   *[other] { $n } bad ratings.
}
    { $reason ->
        [slow] Answer at once, if only briefly.
        [not_solved] Before closing ask: is that all?
        [impolite] Read them again with a colleague.
        [unclear] Write shorter, step by step.
       *[repeat] Look into the diary before you answer.
    }

# Under the card
kpi-caption-week = { $scope ->
    [team] The team's { $span ->
        [month] month
        [quarter] quarter
       *[week] week
    }
   *[own] Your { $span ->
        [month] month
        [quarter] quarter
       *[week] week
    }
}, { $days }: { $score }
kpi-caption-so-far = { $scope ->
    [team] The team's { $span ->
        [month] month
        [quarter] quarter
       *[week] week
    }
   *[own] Your { $span ->
        [month] month
        [quarter] quarter
       *[week] week
    }
} { $since }: { $score }
kpi-caption-last = Last { $span ->
    [month] month
    [quarter] quarter
   *[week] week
}, { $days }: { $score }
kpi-caption-score = score { $value }.
kpi-caption-no-score = no score yet.
kpi-caption-no-data = no chats.
kpi-caption-csat = Satisfied: { $hits } of { $n }{ $change ->
    [better] , clearly more
    [worse] , clearly fewer
    [little] , not enough data
   *[none] {""}
}.
kpi-caption-first = First response { $time }{ $change ->
    [better] , faster
    [worse] , slower
    [little] , not enough data
   *[none] {""}
}.
kpi-caption-overdue = Late replies: { $hits } of { $n }{ $change ->
    [better] , fewer
    [worse] , more often
    [little] , not enough data
   *[none] {""}
}.
kpi-caption-other = { $name } { $value }, { $change ->
    [better] better
   *[worse] worse
}.
kpi-caption-rest = { $named ->
    [0] No real change.
   *[other] Everything else: no real change.
}
kpi-caption-begin = Where to begin: { $start }
kpi-caption-hard = It was a hard { $span ->
    [month] month
    [quarter] quarter
   *[week] week
}. Talk over with the others what got in the way: it will be easier.
kpi-caption-empty = A { $span ->
    [month] month
    [quarter] quarter
   *[week] week
} without chats changes nothing: we compare when there are some.
kpi-caption-thin = There is too little to judge by: let us look again in a { $span ->
    [month] month
    [quarter] quarter
   *[week] week
}.
kpi-caption-well = Going well: { $fact }
kpi-caption-said = { $day ->
    [d0] On Monday
    [d1] On Tuesday
    [d2] On Wednesday
    [d3] On Thursday
    [d4] On Friday
    [d5] On Saturday
    [d6] On Sunday
   *[other] On { $date }
} it said: { $list }.
kpi-caption-said-item = { $name } { $value }

kpi-how-button = How is this counted?
kpi-own-button = Me
kpi-team-button = Team
kpi-dark-button = Dark
kpi-light-button = Light

# “How is this counted?”
kpi-counted = { $scope ->
    [team] <b>How the team's { $span ->
        [month] month
        [quarter] quarter
       *[week] week
    } is counted</b>
   *[own] <b>How your { $span ->
        [month] month
        [quarter] quarter
       *[week] week
    } is counted</b>
}
kpi-group = { $group ->
    [communication] Communication
    [problem_solving] Problem solving
    [satisfaction] Satisfaction
    [development] Diary
   *[volume] How much there was
}
kpi-group-title = <b>{ $name }</b>
kpi-counted-groups = Choose what to look into:
kpi-by-priority = By priority: { $list }.
kpi-by-priority-item = { $priority ->
    [urgent] urgent
    [high] high
    [low] low
   *[normal] normal
} { $value }
kpi-counted-choose = Tap a figure: what it means, and what is in it.
kpi-counted-week = <b>{ $days }</b>
kpi-counted-line = { $name }: { $value }
kpi-counted-value = <b>{ $days }: { $value }</b>
kpi-counted-title = <b>{ $name }</b>
kpi-counted-none = none
kpi-counted-zero-n = No records.
kpi-counted-n = { $count }.
kpi-counted-change = Against the { $span ->
    [month] month
    [quarter] quarter
   *[week] week
} before: { $change }.
kpi-counted-back = All figures
kpi-counted-category = { $category }, weight { $weight }: { $points }
kpi-counted-metric = • { $name } { $value }: { $points }
kpi-counted-adjusted = { $value }, with the team's beside it { $adjusted }
kpi-counted-plan = { $agreed ->
    [yes] By the plan of version { $version }, agreed since { $since }.
   *[no] By the team’s plan.
} Its targets: /plan
kpi-counted-spread = Without data: { $list }. Their weight goes to the others.
kpi-counted-needs = For a score there is too little: { $list }.
kpi-counted-need = { $name } ({ $n } of { $least })

# The command /kpi
kpi-drawing = Drawing your card
kpi-theme-set = It stays so from now on
kpi-which-span = Which span? /kpi week, /kpi month or /kpi quarter.
kpi-span-button = { $span ->
    [month] Month
    [quarter] Quarter
   *[week] Week
}

# A category's page
kpi-page-headline = { $name }: { $points }.
kpi-page-moved = { $name }: { $change }{ $more ->
    [0] {""}
   *[other] , and { $more } more
}.
kpi-page-unscored = not scored
kpi-page-usual = No real change.
kpi-page-nothing = There are no records for this part of the score yet.
kpi-page-caption = <b>{ $headline }</b> { $days }.

# The records of a figure
kpi-records-button = Records: { $days }
kpi-records-title = <b>{ $name }.</b> { $days }
kpi-records-which = Records { $first }–{ $last } of { $all }, what speaks against first:
kpi-records-before = ‹ Before
kpi-records-after = More ›
kpi-records-back = Back to the figure
kpi-record = No. { $number }{ $at }: { $verdict }
kpi-record-entry = Entry { $number }{ $at }: { $verdict }
kpi-record-imported = Imported: { $verdict }
kpi-record-later = A customer’s answer: shown when it can no longer be changed
kpi-record-open = No. { $number }
kpi-verdict = { $verdict ->
    [messages] { $number ->
        [one] { $number } message
       *[other] { $number } messages
    }
    [alone] solved alone
    [together] others took part
    [with_answer] answered
    [without_answer] without an answer
    [fixed] all right now
    [not_fixed] not all right
    [gap] the diary says well, the rating is bad
    [no_gap] the diary fits
    [not_taken] nobody took it, left out
    [handled] closed
    [solved] solved
    [not_solved] not solved
    [no_answer] the customer fell silent
    [denied] solved, but the customer says it is not
    [first_time] solved the first time
    [came_again] the customer came again
    [was_again] not the first contact
    [stayed_away] did not come again
    [seconds] { $span }
    [late] late
    [in_time] in time
    [stars] { $number } ★
    [answer] { $number }
    [yes] yes
    [no] no
    [answered] answered
    [expired] expired unanswered
    [diary] has an entry
    [no_diary] no entry
    [fields] { $number } of { $of } fields
    [open] the survey is still open, left out
    [not_sent] there was no survey, left out
    [spam] spam, left out
    [left] the customer left, left out
    [thanks] only thanks, left out
    [excluded] excluded
    [not_answered] no answer yet, left out
    [opened_by_team] we wrote first, left out
   *[unknown] not known, left out
}
