"""octavo webhooks and octavo websub: made, listed, tried, paused and removed at the command line."""

import json
import re

from .conftest import Octavo


def test_a_webhook_from_its_making_to_its_end(octavo: Octavo) -> None:
    assert octavo("migrate").code == 0
    made = octavo("webhooks", "add", "https://desk.example/in", "--name", "Desk", "--kind", "story.grew", "--least", 3)
    assert made.code == 0, made.err
    assert re.search(r"shown this once: whsec_[A-Za-z0-9+/]{43}=", made.out)
    [one] = json.loads(octavo("webhooks", "list", "--json").out)
    assert (one["url"], one["name"], one["kinds"], one["least"], one["state"]) == (
        "https://desk.example/in", "Desk", ["story.grew"], 3, "on",
    )  # fmt: skip
    assert "secret" not in one
    assert "whsec_" not in octavo("webhooks", "list").out
    assert octavo("webhooks", "test", one["id"]).code == 0
    [message] = json.loads(octavo("webhooks", "log", one["id"], "--json").out)
    assert (message["type"], message["outcome"], message["tries"]) == ("test", "waiting", 0)
    assert "test" in octavo("webhooks", "log", one["id"]).out
    assert octavo("webhooks", "again", one["id"], message["id"]).code == 0
    assert octavo("webhooks", "pause", one["id"]).out == f"webhook {one['id']} is paused\n"
    assert json.loads(octavo("webhooks", "list", "--json").out)[0]["state"] == "paused"
    assert octavo("webhooks", "resume", one["id"]).code == 0
    assert octavo("webhooks", "remove", one["id"]).code == 0
    assert octavo("webhooks", "remove", one["id"]).code == 4
    assert octavo("webhooks", "add", "nowhere").sentence.startswith("octavo: a webhook needs an address")


def test_nobody_has_subscribed_yet(octavo: Octavo) -> None:
    assert octavo("migrate").code == 0
    for what in ("subscribers", "hubs"):
        assert json.loads(octavo("websub", what, "--json").out) == []
        assert octavo("websub", what).code == 0
