"""Saved articles: those of a reader's account, or those of their own browser, of which the server knows nothing."""

from octavo.accounts.permissions import Act, may
from octavo.domain.follow import Bookmark
from octavo.serve.contexts import Frame
from octavo.serve.owned import SavedPage
from octavo.serve.pages.keptlists import entries, moment_in, older_than
from octavo.serve.visit import PAGE, Visit
from octavo.store import bookmarks


def load(visit: Visit) -> SavedPage:
    """Give the list of who is signed in; to all others the page that their browser fills in."""
    who = visit.person if may(visit.person, Act.KEEP) else None
    path = f"/{visit.plan.key}/saved"
    found = moment_in(visit) if who else None
    before = Bookmark(found[1], found[0]) if found else None
    kept = bookmarks.latest(visit.view, who.id, before, PAGE + 1) if who else []
    pairs = [(one.article_id, one.at) for one in kept]
    words = visit.t("Articles you keep in your account.") if who else visit.t("Articles you keep on this device.")
    return SavedPage(
        frame=Frame(title=visit.t("Saved articles"), description=words, path=path, kind="saved", index=False),
        entries=entries(visit, pairs[:PAGE]),
        total=bookmarks.count(visit.view, who.id) if who else 0,
        older=older_than(path, pairs, PAGE),
    )
