"""A local Bot API server and the people of the tests."""

from playground.chats import Shown as Shown
from playground.faults import Fault as Fault
from playground.faults import Limits as Limits
from playground.people import Account as Account
from playground.telegram import Group as Group
from playground.telegram import Telegram as Telegram
