"""Every word the bot says, in every language it speaks."""

from i18n.texts import FALLBACK as FALLBACK
from i18n.texts import LANGUAGES as LANGUAGES
from i18n.texts import Texts as Texts
from i18n.texts import Value as Value
from i18n.texts import texts_for as texts_for
