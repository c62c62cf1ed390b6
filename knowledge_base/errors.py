"""What the verbs of the knowledge base say no with."""

from __future__ import annotations

from django.utils.translation import gettext as _

from halka.common.errors import Refused


class VersionFrozen(Refused):
    def __init__(self) -> None:
        super().__init__(_("A published version is not changed. Begin a new one."))


class DraftThere(Refused):
    def __init__(self) -> None:
        super().__init__(_("There is a draft of this curriculum already."))


class NotReady(Refused):
    """A version that cannot be published yet; the message says why."""


class AnsweredAlready(Refused):
    def __init__(self) -> None:
        super().__init__(_("This has been answered, or passed on to others, in the meantime."))


class NotAtEditor(Refused):
    def __init__(self) -> None:
        super().__init__(_("This text is not with the editor any more."))


class NotTranslated(Refused):
    def __init__(self) -> None:
        super().__init__(_("This text cannot be translated into this language."))


class OriginalGone(Refused):
    def __init__(self) -> None:
        super().__init__(_("The original is not on the site any more."))


class NotYours(Refused):
    def __init__(self) -> None:
        super().__init__(_("This text cannot be sent now."))


class NotYourOrganisation(Refused):
    def __init__(self) -> None:
        super().__init__(_("You do not belong to this organisation, or it is suspended."))


class NameTaken(Refused):
    def __init__(self) -> None:
        super().__init__(_("You have a list of this name already."))


class TooManyLists(Refused):
    def __init__(self) -> None:
        super().__init__(_("You have very many lists. Remove one first."))


class ListFull(Refused):
    def __init__(self) -> None:
        super().__init__(_("This list is full. Begin another one, or take something off."))


class TooLate(Refused):
    def __init__(self) -> None:
        super().__init__(_("This cannot be changed any more: somebody has answered it, or it is older than a week."))


class TooManyRemarks(Refused):
    def __init__(self) -> None:
        super().__init__(_("You have written a lot today. Go on tomorrow."))


class GroupNameTaken(Refused):
    def __init__(self) -> None:
        super().__init__(_("There is a working group of this name already."))


class GroupHasPages(Refused):
    def __init__(self) -> None:
        super().__init__(_("There are pages for this group. Give them to other readers first, in the CMS."))


class GroupHasLife(Refused):
    def __init__(self) -> None:
        super().__init__(_("This group meets and decides. It is closed in the secretariat's workspace, never removed."))


class NotInGroup(Refused):
    def __init__(self) -> None:
        super().__init__(_("Your organisation is not in this working group any more."))


class TooManyAnswers(Refused):
    def __init__(self) -> None:
        super().__init__(_("This question has very many answers. Ask a new one."))
