# The team's report
report-card = <b>The team’s report</b>
report-card-days = { $days }
report-card-line = { $name }: { $value }
report-card-choose = What shall be drawn? The words below a picture say the same.
report-compare-button = Comparison
report-hours-button = Hours and days
report-reasons-button = Reasons
report-week-button = The team’s week
report-span = { $weeks ->
    [one] A week
   *[other] { $weeks } weeks
}
report-span-chosen = • { $span }
report-causes-button = Sort the reasons: { $count }
report-drawing = Drawing

# The comparison
report-title-csat = Satisfied customers: ratings of 4 and 5
report-title-confirmed-share = Confirmed as solved by customers
report-title-first-response-time = First response: median wait
report-title-overdue-share = Overdue replies: share of waits
report-n = { $kind ->
    [csat] ratings
    [first-response-time] chats
    [overdue-share] waits
   *[other] answers
}
report-team = team { $value }
report-group = { $standing ->
    [above] { $kind ->
        [speed] Faster than the team
        [often] Fewer late replies than the team
       *[good] Above the team
    }
    [below] { $kind ->
        [speed] Slower than the team
        [often] More late replies than the team
       *[good] Below the team
    }
    [little] Not enough data
   *[level] Level with the team, by name
}
report-group-short = { $standing ->
    [above] { $kind ->
        [speed] Faster than the team
        [often] Fewer late replies
       *[good] Above the team
    }
    [below] { $kind ->
        [speed] Slower than the team
        [often] More late replies
       *[good] Below the team
    }
    [little] Not enough data
   *[level] Level with the team
}
report-more = and { $count } more
report-band = Band: 95% interval, widened for how many are compared,
report-band-why = so that chance moves nobody up or down.
report-nobody = Nobody to compare: there are no records.
report-early = Too early to compare:
    not enough data.
report-level = No difference between
    operators shows.
report-differ = { $count ->
    [one] { $count } operator differs from the team.
   *[other] { $count } operators differ from the team.
}
report-rest = For the others no difference shows.
report-caption = <b>{ $title }</b>, { $days }.
report-caption-team = The team: { $value }, from { $n } records.
report-caption-group = { $group }: { $list }.
report-caption-person = { $name } { $value } ({ $n })
report-caption-chance = Each is compared with the rest of the team, and only what chance does not explain is named.

# Hours and days
report-title-hours = Waits and late replies by hour and day
report-day = { $day ->
    [d0] Mon
    [d1] Tue
    [d2] Wed
    [d3] Thu
    [d4] Fri
    [d5] Sat
   *[d6] Sun
}
report-after = after { $hour }
report-hours-all = all
report-hours-late = late
report-hours-load = waits that began in the hour
report-hours-lateness = of them answered late; bold where it is not chance
report-no-waits = There were no waits.
report-hours-none = There were no waits.
report-hours-in-time = Every reply was in time.
report-hours-usual = Late replies gather
    in no hour and on no day.
report-hours-worse = Replies are late more often:
    { $when }.
report-caption-waits = { $n } waits, { $late } answered late.
report-caption-peak = Most begin at { $hour }: { $n }.
report-caption-worse = Late more often than at other times: { $when }.

# Reasons
report-title-reasons = { $count ->
    [one] { $count } bad rating: who could have changed it
   *[other] { $count } bad ratings: who could have changed it
}
report-company = the company
report-operator = the operator
report-unsorted = not sorted
report-reasons = Reasons of dissatisfaction
report-running = running share
report-reasons-note = Customers name the reason, a supervisor says whose it is.
report-no-bad = There were no bad ratings.
report-headline-no-bad = There were no bad ratings.
report-headline-unsorted = Whose the reasons are
    is not sorted yet.
report-headline-company = More often it is the company,
    not the operator.
report-headline-operator = More often it is our answers,
    not the company.
report-headline-open = Who is behind it more often
    does not show.
report-for-company = For the company
report-for-operators = For operators
report-advice-company = “{ $reason }”: { $hits } of { $n }. Show it to those who can change it.
report-advice-operators = “{ $name }”: { $hits } of { $n }. { $reason ->
    [slow] Answer at once, if only briefly.
    [not_solved] Before closing ask: is that all?
    [impolite] Read them again together.
    [unclear] Write shorter, step by step.
   *[repeat] Look into the diary first.
}
report-caption-bad = { $n } bad ratings: the company { $company }, the operator { $operator }, not sorted { $unsorted }.
report-caption-reasons = { $list }.
report-caption-unnamed = Without a reason: { $n }.

# Whose the reason is
cause-ask = Whose reason is it?
cause-people = Customer: { $customer }. Operator: { $operator }.
cause-company = The company
cause-operator = The operator
cause-later = Next
cause-left = { $count } left
cause-none = All bad ratings are sorted.
cause-set = { $caused_by ->
    [company] Noted: the company
   *[operator] Noted: the operator
}

# The report as tables
report-tables-button = Tables (XLSX)
report-writing = Making the file
report-tables-caption = Figures with their intervals and the records they rest on, { $days }. What people wrote is not in it.
tables-team = The team
tables-sheet = { $sheet ->
    [after] Seven days later
    [said] Other questions
    [seen-to] Seen to and foreseen
    [sent] Messages sent
    [entries] Diary entries
    [figures] Figures
    [closings] Closed chats
    [first] First responses
    [waits] Waits
    [ratings] Ratings
    [answers] Is it solved
   *[surveys] Surveys
}
tables-column = { $column ->
    [alone] Solved alone
    [replied] Answered
    [seconds-handled] Seconds of handling
    [seconds-resolved] Seconds to the closing
    [came-again] Customer came again
    [was-again] Not the first contact
    [answer] Answer
    [fixed] All right now
    [diary-well] Diary says well
    [negative] Bad rating
    [messages] Messages
    [entry] Entry
    [filled] Fields filled
    [required] Fields required
    [operator] Operator
    [metric] Metric
    [value] Value
    [unit] Unit
    [n] Records
    [low] From (95%)
    [high] To (95%)
    [enough] Enough data
    [left-out] Left out
    [conversation] Chat
    [outcome] Outcome
    [denied] Customer disagrees
    [diary] Diary entry
    [priority] Priority
    [seconds-team] Seconds for the customer
    [seconds-own] Seconds for the operator
    [by-team] Begun by the team
    [known] Known
    [wait] Wait
    [due] Due ({ $zone })
    [ended] Ended ({ $zone })
    [ended-as] Ended as
    [overdue] Overdue
    [survey] Survey
    [stars] Stars
    [excluded] Excluded
    [product] The product alone
    [solved] Solved
    [state] State
   *[not-sent] Why not sent
}
tables-unit = { $unit ->
    [seconds] s
    [stars] stars
    [scale] of 7
    [net] points
    [percent] %
   *[count] pcs
}
tables-word = { $code ->
    [not_taken] not taken
    [solved] solved
    [not_solved] not solved
    [spam] spam
    [no_answer] no answer
    [left] left
    [answered] answered
    [closed] closed without an answer
    [thanks] thanks
    [expired] expired
    [open] open
    [not_sent] not sent
    [unknown] unknown
    [excluded] excluded
    [not_answered] not answered yet
    [opened_by_team] begun by the team
    [product] the product alone
    [urgent] urgent
    [high] high
    [normal] normal
    [low] low
   *[other] { $code }
}
