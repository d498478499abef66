# The plan an operator is scored by
plan-whose = <b>Plans.</b> Whose?
plan-whose-waits = { $name } · { $who ->
    [us] has proposed
   *[them] to answer
}
plan-scale = Each figure earns from 0 points at the first value to 100 at the second, 120 at most beyond it.
plan-span-quarter = last quarter
plan-span-month = last month
plan-category = <b>{ $name } · { $weight }</b>
plan-line = { $name }: { $floor } → <b>{ $target }</b>{ $heavier ->
    [yes] {" "}(×{ $weight })
   *[no] {""}
}; { $when } { $value }, { $points ->
    [one] { $points } point
   *[other] { $points } points
}
plan-line-unknown = { $name }: { $floor } → <b>{ $target }</b>{ $heavier ->
    [yes] {" "}(×{ $weight })
   *[no] {""}
}; { $when } too little data
plan-writing = { $own ->
    [yes] <b>Your plan</b>, as you would have it
   *[no] <b>Plan for { $name }</b>, nobody sees it yet
}
plan-writing-how = Tap a figure or a weight to change it. What is proposed begins at the last quarter: it is worth 75 points.
plan-metric-button = { $out ->
    [yes] ＋ { $name }
   *[no] { $name }
}
plan-weight-button = Weight: { $name } { $weight }
plan-propose-button = Propose
plan-drop-button = Drop
plan-accept-button = Accept
plan-remark-button = Comment
plan-other-button = Propose changes
plan-begin-button = Propose a plan
plan-leave-out = Do not score it
plan-take-in = Score it
plan-proposed = { $own ->
    [yes] <b>A plan for you</b>, version { $version }
   *[no] <b>A plan for { $name }</b>, version { $version }
}
    Proposed by { $by }, { $at }. Nothing is scored by it before both agree.
plan-would-give = For { $days } it would have given <b>{ $points }</b>; { $now ->
    [nothing] the present plan gave none
   *[other] the present plan gives { $now }
}.
plan-would-give-nothing = For { $days } there is too little data for a score.
plan-waits = { $who ->
    [me] <b>Your word:</b> accept it, say something to it, or propose changes.
   *[them] { $own ->
        [yes] The supervisor’s word is next.
       *[no] The operator’s word is next.
    }
}
plan-of-team = { $own ->
    [yes] <b>Your plan</b>: the team’s
   *[no] <b>Plan of { $name }</b>: the team’s
}
    Nothing else is agreed.
plan-agreed = { $own ->
    [yes] <b>Your plan</b>, version { $version }
   *[no] <b>Plan of { $name }</b>, version { $version }
}
    { $begun ->
        [yes] Agreed; it scores since { $since }.
       *[no] Agreed; it scores from { $since } on.
    }
plan-review = <b>A quarter has passed.</b> Is it still right?
plan-remark = <b>{ $name }:</b> { $words }
plan-ask-title = <b>{ $name }</b>
plan-ask-now = Now from { $floor } to { $target }.
plan-ask-out = It is not scored now.
plan-ask-how = { $unit ->
    [seconds] From where to where? For example: <code>5:00 1:40</code> or <code>5 min 100 s</code>.
    [net] From where to where? For example: <code>0 50</code>.
   *[percent] From where to where? For example: <code>60 90</code>.
} <code>×2</code> at the end makes it weigh twice. /cancel leaves it.
plan-ask-weight = <b>{ $name }</b> weighs { $weight } now. How much shall it, from 0 to 100? 0 leaves it out. /cancel leaves it.
plan-unfit = { $why ->
    [same] Both are the same: no value would be better than another. Write two different ones.
    [turned] { $direction ->
        [down] Less is better here, so the second value is the smaller one.
       *[up] More is better here, so the second value is the larger one.
    }
    [beyond] { $unit ->
        [percent] Nobody gets there: percent go from 0 to 100.
        [net] Nobody gets there: NPS goes from −100 to 100.
       *[other] Nobody gets there: from 5 seconds to 24 hours.
    }
    [weight] A weight is a number from 0 to 100, and something must weigh more than 0.
   *[numbers] { $unit ->
        [seconds] Two times, please, with minutes and seconds: <code>5:00 1:40</code>
       *[other] Two numbers, please: <code>60 90</code>
    }
}
plan-numbers-words = Numbers, please, as text. /cancel leaves it as it is.
plan-remark-words = Write it as text, please. /cancel leaves it.
plan-remark-ask = What do you say to this plan? The other side reads it. /cancel leaves it.
plan-remark-sent = Sent.
plan-proposed-toast = Proposed
plan-dropped = Dropped
plan-accepted-toast = Agreed
plan-left = Left as it is.
refused-words-too-long = { $limit } characters at most, please. Write it shorter; /cancel leaves it.
