# Moments and spans
moment-tomorrow = tomorrow, { $clock }
moment-yesterday = yesterday, { $clock }
moment-by-tomorrow = tomorrow, { $clock }
moment-since-yesterday = yesterday, { $clock }
moment-day = { $day }, { $clock }
moment-date = { $day } { $month ->
    [m1] January
    [m2] February
    [m3] March
    [m4] April
    [m5] May
    [m6] June
    [m7] July
    [m8] August
    [m9] September
    [m10] October
    [m11] November
   *[m12] December
}
span-days = { $count } d
span-hours = { $count } h
span-minutes = { $count } min
span-seconds = { $count } s

# Refusals
refused-not-yours = This button is not for you, or no longer works.
refused-not-allowed = That is for another role. What you can do: /help
refused-too-late = Too late: things have changed since.
refused-too-fast = That is a lot at once. Wait a minute, please, and try again.
refused-taken-by = { $name } is on it already.
refused-cannot-be-reached = This person cannot be written to now: they stopped the bot or deleted their data.
refused-survey-expired = This survey is closed: a rating can no longer be given or changed.

# When it is not clear
unknown-button = This button no longer works. What you can do now: /help
unknown-command = There is no such command. What you can do now: /help
cannot-pass-on = This kind of message cannot be passed on. Text, photo, video, voice, file, sticker, place or contact will do.
update-kept = Your message could not be handled just now. It is kept, and we will look into it.
