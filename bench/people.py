"""People for a demo, an owner and two readers who talk, keep and report, so that their pages have something to show."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

PASSWORD = "a lamp in the harbour"  # noqa: S105 - of a demo on loopback that is gone in minutes
PATIENCE_MS = 120_000
OWN = (
    *("account", "account/verify", "account/second-factor", "notices", "notices/settings", "following", "for-you"),
    *("highlights", "history", "lists", "moderation", "moderation/mine", "moderation/queue", "moderation/rules"),
    *("decisions", "privacy", "suggest"),
)
DESK = (
    *("feeds", "newsletters", "publishers", "stories", "hashtags", "briefs", "jobs", "storage", "models", "fediverse"),
    *("accounts", "webhooks", "log"),
)


@dataclass(frozen=True, slots=True)
class People:
    """Who lives in a demo, and the addresses (without an edition) of what they made, by kind of page."""

    address: str
    made: dict[str, str]

    @classmethod
    def move_in(cls, browser: Browser, address: str, data: Path) -> "People":
        """Make the accounts, and have each do what there is to do."""
        for name, role in (("olga", "owner"), ("ada", "reader"), ("bo", "reader")):
            add = [sys.executable, "-m", "octavo", "--data-dir", str(data), "accounts", "add", name, "--role", role]
            subprocess.run([*add, "--password", PASSWORD], check=True, capture_output=True)
        here = cls(address, {})
        ada, bo, olga = (browser.new_context(java_script_enabled=False).new_page() for _ in range(3))
        for page in (ada, bo, olga):
            page.set_default_timeout(PATIENCE_MS)
        for page, name in ((ada, "ada"), (bo, "bo"), (olga, "olga")):
            here.sign_in(page, "en-gb", name)
        ada.goto(f"{address}/en-gb")
        article = ada.locator("main a[href*='/article/']").first.get_attribute("href") or ""
        here._talk(ada, bo, article)
        here._keep(olga, article)
        for page in (ada, bo, olga):
            page.context.close()
        return here

    def sign_in(self, page: Page, edition: str, name: str = "olga") -> None:
        """Sign in with the password."""
        page.goto(f"{self.address}/{edition}/sign-in")
        page.locator("[name=name]").fill(name)
        page.locator("[name=password]").fill(PASSWORD)
        with page.expect_navigation(wait_until="domcontentloaded"):
            page.locator("main form button").first.click()

    def kinds(self, edition: str) -> dict[str, str]:
        """Give one path for every kind of page that is for people, by the kind's name."""
        found = {path.replace("/", "-"): path for path in OWN} | {"desk": "desk"}
        found |= {f"desk-{name}": f"desk/{name}" for name in DESK} | self.made
        return {name: f"/{edition}/{path}" for name, path in found.items()}

    def _talk(self, ada: Page, bo: Page, article: str) -> None:
        """One says something, another answers, votes and reports."""
        ada.goto(self.address + article)
        ada.get_by_role("textbox").last.fill(
            "**Who** counted the ships?\n\n> twelve of them\n\nNot the harbour office."
        )
        ada.locator("#comment-form .button").click()
        bo.goto(self.address + article)
        number = (bo.locator(".remark").first.get_attribute("id") or "")[2:]
        bo.get_by_role("button", name="Vote up").first.click()
        bo.goto(f"{self.address}/en-gb/comment/{number}")
        bo.get_by_role("textbox").last.fill("The pilots did, as the *second* article says.")
        bo.get_by_role("button", name="Reply", exact=True).click()
        bo.goto(f"{self.address}/en-gb/comment/{number}/report")
        bo.locator("[name=reason]").first.check()
        bo.locator("main form button").click()
        plain = article.removeprefix("/en-gb/")
        self.made.update({"talk": plain, "comments": f"{plain}/comments", "comment": f"comment/{number}"})
        self.made.update({"comment-report": f"comment/{number}/report"})

    def _keep(self, page: Page, article: str) -> None:
        """Somebody saves, marks, lists and follows."""
        page.goto(self.address + article)
        page.get_by_role("link", name="Keep…").click()
        keep = page.url.partition("/en-gb/")[2]
        page.locator("[name=line]").first.check()
        page.locator("form", has=page.locator("[name=line]")).locator("[name=note]").fill("Which ledger?")
        page.locator("form", has=page.locator("[name=line]")).locator("button").click()
        page.locator("main [name=name]:not([type=hidden])").fill("Ships")
        page.get_by_role("button", name="Make the list").click()
        page.locator("button[data-act=follow]").first.click()
        page.goto(f"{self.address}/en-gb/lists")
        listed = (page.locator(".keep-lists a").first.get_attribute("href") or "").removeprefix("/en-gb/")
        page.goto(f"{self.address}/en-gb/desk/publishers")
        publisher = page.locator("main a[href*='/desk/publishers/']").first.get_attribute("href") or ""
        page.goto(f"{self.address}/en-gb")
        story = (page.locator("main a[href*='/story/']").first.get_attribute("href") or "").split("/story/")[1]
        self.made.update({"keep": keep, "list": listed, "desk-publisher": publisher.removeprefix("/en-gb/")})
        self.made.update({"desk-story": f"desk/stories/{story.split('/')[0]}"})
