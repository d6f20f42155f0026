"""The privacy page says what the instance does: each sentence follows a setting, or a bound the code keeps."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from octavo.accounts.permissions import OPERATOR
from octavo.actions import webhooks as actions
from octavo.config import WebSettings
from octavo.domain.webhook import Webhook
from octavo.serve.allowance import Allowance
from octavo.serve.api.rates import Rates

from .conftest import NOW, Reader
from .test_serve_translated import Booked

Make = Callable[..., Reader]
LOCAL = {"name": "near", "address": "http://127.0.0.1:11434/v1", "model": "small"}
FAR = {"name": "far", "address": "https://models.example/v1", "model": "large"}


def told(site: Reader, edition: str = "en-gb") -> str:
    answer = site.get(f"/{edition}/privacy")
    assert answer.status_code == 200
    return answer.text


def test_it_is_led_to_from_every_page_and_from_signing_up(make_reader: Make) -> None:
    site = make_reader(settings={"accounts": {"sign_up": "open"}})
    assert 'href="/en-gb/privacy"' in site.get("/en-gb/latest").text
    assert site.get("/en-gb/sign-up").text.count('href="/en-gb/privacy"') == 2


@pytest.mark.parametrize(
    ("settings", "said", "unsaid"),
    [
        ({}, "An account needs an invitation", "Anybody may make an account"),
        ({"accounts": {"sign_up": "open", "session_days": 9}}, "ends 9 days after you last came", "60 days after"),
        ({"accounts": {"sign_up": "open"}}, "Anybody may make an account", "needs an invitation"),
        ({"accounts": {"sign_up": "open", "email": "required"}}, "a password and an e-mail address", "only a name"),
        ({"push": {"on": False}}, "sends no notifications to browsers", "push service of your browser"),
        ({}, "This newspaper sends no mail.", "Letters are sent only"),
        ({"ai": {"on": False}}, "No model is asked to write anything.", "chosen from articles, on this machine"),
        ({"models": {"order": [LOCAL]}}, "small runs on this machine.", "is asked at"),
        ({"models": {"order": [FAR]}, "ai": {"kept_days": 4}}, "large is asked at models.example.", "runs on this"),
        ({"models": {"order": [FAR]}, "ai": {"kept_days": 4}}, "answers are kept for 4 days", "30 days"),
        (
            {"embedder": "openai", "embeddings": {"address": "https://vectors.example/v1"}},
            "What you search for is sent to vectors.example",
            "What you search for is not written down",
        ),
        ({}, "No model writes here", "moderators removed here"),
        ({"comments": {"classifier": "learned"}}, "with those moderators removed here", "A new comment is given"),
        (
            {"comments": {"classifier": "model"}, "models": {"order": [FAR]}, "ai": {"on": False}},
            "large is asked at models.example.",
            "moderators removed here",
        ),
        (
            {"comments": {"classifier": "model"}, "models": {"order": [FAR]}},
            "A new comment is given to it, without its author’s name",
            "moderators removed here",
        ),
        ({"pictures": {"on_demand": False}}, "Publishers’ pictures come from this site", "Where one is not kept yet"),
    ],
)
def test_each_sentence_follows_its_setting(
    make_reader: Make, settings: dict[str, object], said: str, unsaid: str
) -> None:
    page = told(make_reader(settings=settings))
    assert said in page
    assert unsaid not in page


def test_other_programs_are_mentioned_where_there_are_any(make_reader: Make) -> None:
    assert "Other programs" not in told(make_reader())
    public = WebSettings(public_url="https://news.example")
    page = told(make_reader(public))
    assert "Programs that subscribe to a feed leave the address" in page
    assert "forgotten after 30 days" in page
    assert "know this newspaper’s address" in page
    assert "told of the news" not in page
    site = make_reader(public, settings={"websub": {"hub": False, "subscribe": False}})
    assert "Other programs" not in told(site)
    actions.add(site.tools, OPERATOR, Webhook("https://desk.example/", (), NOW))
    site.clock.now += timedelta(minutes=2)
    page = told(site)
    assert "have other programs told of the news; never of readers" in page
    assert "desk.example" not in page


def test_the_cookie_is_called_what_it_is_called(make_reader: Make) -> None:
    assert "there is one, octavo:" in told(make_reader())
    assert "__Host-octavo" in told(make_reader(WebSettings(public_url="https://news.example")))


def test_addresses_are_forgotten_when_it_says_so() -> None:
    allowance, rates = Allowance(9), Rates(9)
    allowance.take("192.0.2.1", NOW)
    rates.take("192.0.2.1", NOW)
    allowance.take("192.0.2.2", NOW + timedelta(minutes=59))
    rates.take("192.0.2.2", NOW + timedelta(seconds=59))
    assert set(allowance._asked) == {"192.0.2.1", "192.0.2.2"}
    assert set(rates._counted) == {"192.0.2.1", "192.0.2.2"}
    allowance.take("192.0.2.3", NOW + timedelta(minutes=60))
    rates.take("192.0.2.3", NOW + timedelta(seconds=60))
    assert set(allowance._asked) == {"192.0.2.2", "192.0.2.3"}
    assert set(rates._counted) == {"192.0.2.3"}


def test_no_address_is_written_down(make_reader: Make, capfd: pytest.CaptureFixture[str]) -> None:
    site = make_reader(settings={"accounts": {"sign_up": "open", "password_memory_kib": 7_168}})
    who = site.visitor().sign_up("ada")
    for path in ("/en-gb", "/en-gb/search?q=tide", "/en-gb/nowhere", "/picture/none/320", "/en-gb/account"):
        who.get(path, x_forwarded_for="203.0.113.77", user_agent="Mozilla/5.0 (X11; Linux x86_64) Firefox/131.0")
    said = capfd.readouterr()
    assert "203.0.113.77" not in said.out + said.err
    files = [one for one in site.tools.settings.data_dir.rglob("*") if one.is_file()]
    assert any(b"SQLite format 3" in one.read_bytes()[:16] for one in files)
    assert all(b"203.0.113.77" not in one.read_bytes() for one in files)


@pytest.mark.parametrize("ai", [{}, {"on": False}, {"features": ["summary"]}])
def test_translators_are_named_where_they_translate(make_reader: Make, ai: dict[str, object]) -> None:
    page = told(make_reader(translator=Booked(), settings={"ai": ai}))
    assert ("Articles are translated on this machine, by Booked 1.0: nothing leaves it." in page) is (not ai)
    assert "nothing leaves it" not in told(make_reader())
