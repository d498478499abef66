# The survey after a conversation
survey-question = How was the chat? Operator: { $operator }. One tap is enough.
survey-thanks = <b>Thank you. Your rating: { $stars } of 5.</b>
survey-changeable = You can change it until { $until }.
survey-sorry = We are sorry. What went wrong? Your own words are welcome too.
survey-closed = The survey is closed. Thank you for writing to us.
survey-reason = { $reason ->
    [slow] Slow
    [not_solved] Not solved
    [impolite] Impolite
    [unclear] Unclear
    [repeat] Had to repeat
    [product] The product itself
   *[other] Something else
}
survey-asks-solved = Is it solved?
survey-asks-satisfied = Are you satisfied with the answers?
survey-asks-professional = Were you answered adequately and professionally?
survey-asks-nps = Would you recommend us to a friend? 0: not at all, 10: certainly.
survey-asks-ces = “It was easy to get my question solved.” 1: not at all, 7: completely.
survey-says-solved = { $answer ->
    [yes] Solved
   *[no] Not yet
}
survey-says-satisfied = { $answer ->
    [yes] Satisfied
   *[no] Not satisfied
}
survey-says-professional = { $answer ->
    [yes] Professional
   *[no] Not professional
}
survey-comment-kept = Thank you, your words are kept with your rating.
survey-no-comment = This is a new question
survey-a-question = All right, it is question No. { $number } now. { $due ->
    [soon] We will answer soon.
   *[other] We will answer by { $due }.
}

# Answers to taps
survey-saved = Saved: { $stars } of 5
survey-reason-ticked = Ticked
survey-reason-unticked = Unticked
survey-noted = Saved, thank you

# A rating as the team reads it
survey-rating-title = <b>Rating { $stars } of 5, No. { $number }{ $ending } { $row }</b>
survey-rated-by = Customer: { $customer }.
survey-reasons = { $count ->
    [one] Reason: { $reasons }.
   *[other] Reasons: { $reasons }.
}
survey-reason-said = { $reason ->
    [slow] slow
    [not_solved] not solved
    [impolite] impolite
    [unclear] unclear
    [repeat] had to repeat
    [product] the product itself
   *[other] something else
}
survey-kind = { $kind ->
    [photo] photo
    [voice] voice message
    [video] video
    [video_note] round video
    [audio] audio
    [animation] animation
    [document] file
    [sticker] sticker
    [location] place
    [venue] place
    [contact] contact
   *[other] message
}
