# Who did what, for supervisors
deeds-button = Who did what
deeds-title = <b>Who did what</b>, the newest first
deeds-none = Nothing is written down yet.
deeds-earlier = Earlier
deeds-line = { $at } · { $who }: { $what }. { $about }
deeds-by-itself = The program
deeds-conversation = No. { $number }
deeds-entry = entry { $number }
deeds-priority = { $priority ->
    [urgent] urgent
    [high] high
    [low] low
   *[normal] normal
}
did-setup-link-made = made the setup link
did-invite-made = made an invite
did-invite-revoked = revoked an invite
did-invite-used = came in by an invite
did-role-given = gave a role
did-role-taken = took a role away
did-left-team = left the team
did-name-set = set the name for customers
did-banned = banned
did-unbanned = lifted the ban
did-priority-set = changed the priority
did-handed-over = handed over
did-brought-back = brought back
did-entry-corrected = corrected another’s diary
did-entry-read = read another’s diary
did-cause-set = said whose a bad rating is
did-plan-agreed = agreed on a plan
did-appeal-decided = decided an appeal
did-history-read = read the history
did-person-seen = opened the customer
did-exported = took their data as a file
did-records-exported = took the team’s records as files
did-records-imported = brought in another tool’s history
did-deleted = deleted their data
did-restored = put a copy of the database back
