"""The link in a digest: a page with a button for people, one POST for mail programs (RFC 8058). Nobody signs in.

A GET changes nothing: mail servers follow links to look at them.
"""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from octavo.accounts.stopping import read_stop_token
from octavo.actions.notices import stop_digest
from octavo.domain.ids import AccountId
from octavo.errors import NotFound
from octavo.serve import answering
from octavo.serve.frame import Frame
from octavo.serve.noticed import StopPage
from octavo.serve.site import Site
from octavo.serve.visit import Visit


def load(visit: Visit, *, stopped: bool = False) -> StopPage:
    """Give the page with the button, and the same page once it was pressed. Raises NotFound for a broken link."""
    token = visit.names["token"]
    _whose(visit.site, token)
    title = visit.t("No more digests") if stopped else visit.t("Stop the digest?")
    return StopPage(
        frame=Frame(title=title, description=title, path=f"/mail/stop/{token}", kind="notices", index=False),
        stopped=stopped,
        action=f"/mail/stop/{token}",
    )


def stop(site: Site, request: Request) -> Response:
    """Stop a digest. Raises NotFound for a broken link; one that was stopped before is stopped."""
    stop_digest(site.tools, _whose(site, request.path_params["token"]))
    return answering.shown_again(site, request, load=partial(load, stopped=True), given={}, error=None)


def _whose(site: Site, token: str) -> AccountId:
    found = read_stop_token(site.signer.secret, token)
    if found is None:
        raise NotFound("this link stops nothing: it may have been cut off in the letter")
    return found
