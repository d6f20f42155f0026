"""Bodies of forms are read as this site's pages write them, whatever a request says of its own."""

from collections.abc import Callable

import pytest

from .conftest import Reader
from .test_serve_accounts import QUICK


@pytest.fixture
def site(make_reader: Callable[..., Reader]) -> Reader:
    return make_reader(settings={"accounts": {"sign_up": "open", **QUICK}})


@pytest.mark.parametrize("said", ["unicode_escape", "punycode", "undefined", "utf-7", "utf-16-le", "zlib"])
def test_a_form_is_utf_8_whatever_it_says_of_itself(site: Reader, said: str) -> None:
    """Some codecs of Python fail, and some make halves of letters, which neither passwords nor databases may have."""
    part = '--edge\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    body = "".join(part.format(name, "\\ud800 +2AA- é") for name in ("name", "password", "ticket")) + "--edge--"
    headers = {"sec_fetch_site": "same-origin", "content_type": f"multipart/form-data; charset={said}; boundary=edge"}
    assert site.ask("POST", "/en-gb/sign-in", headers, content=body.encode()).status_code == 403
    assert site.ask("POST", "/en-gb/confirm", headers, content=body.encode()).status_code == 403


@pytest.mark.parametrize("boundary", ["", "boundary=", 'boundary="a\\"b"', "boundary=a\x01b"])
def test_a_form_without_a_boundary_is_none(site: Reader, boundary: str) -> None:
    headers = {"sec_fetch_site": "same-origin", "content_type": f"multipart/form-data; {boundary}"}
    answer = site.ask("POST", "/en-gb/sign-in", headers, content=b"--\r\n\r\n----")
    assert answer.status_code == 422
