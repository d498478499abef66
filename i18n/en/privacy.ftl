# What is kept
privacy-title = <b>What we keep about you</b>
privacy-id = · your number, name and @name on Telegram, and the language
privacy-talk = · what you write here and what you are answered, with files
privacy-ratings = · ratings, comments, and a phone number if you gave one
privacy-notes = · what the team notes about these chats
privacy-who = We need it to answer you and to do our work better. Only the team sees it.
privacy-work = · your role, shifts, diary, figures, and who did what in the team
privacy-kept-work = Answers to customers and diary entries are the team's: if you delete your data they stay, without your name.
privacy-file-button = My data as a file
privacy-delete-button = Delete me

# As a file
privacy-file-coming = The file is on its way.
privacy-file = Everything we keep about you: all of it for programs, and your messages as a table. Photos and files themselves are in this chat.

# Deleting
privacy-sure = <b>Delete everything about you?</b> Your number, name, messages and comments will be gone for good.
privacy-sure-staff = { $count ->
    [0] You leave the team.
    [one] You leave the team, { $count } conversation goes back to the queue.
   *[other] You leave the team, { $count } conversations go back to the queue.
}
privacy-sure-open = Will be closed: No. { $numbers }
privacy-sure-stays = What stays, without you: when there was a chat, and how it was rated. Your messages disappear from the team's chats as well.
privacy-sure-old = { $count ->
    [one] Telegram no longer lets us delete what is older than 48 hours: in the team's chats { $count } message stays.
   *[other] Telegram no longer lets us delete what is older than 48 hours: in the team's chats { $count } messages stay.
}
privacy-sure-button = Yes, delete
privacy-deleted-toast = Deleted.
privacy-deleted = <b>Everything about you is deleted.</b> If you write again, we begin anew.
privacy-deleted-next = What is on your screen only you can delete: “Clear history” in Telegram.
