"""Reporting and moderating in a real browser: without scripts, by keyboard alone, accessible in English and Arabic."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from octavo.actions import accounts
from octavo.domain.account import Role
from octavo.store import accounts as account_store

from .conftest import CHROMIUM, Paper
from .test_accounts import PASSWORD, check
from .test_discussion import Contexts, open_article, tab_to, write
from .test_discussion import open_context as open_context

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]

SPAM = "Buy ledgers at the quay"


def become(paper: Paper, name: str, role: Role) -> None:
    with paper.database.transaction() as tx:
        account_store.set_role(tx, accounts.named(tx, name).id, role)


def press_to(page: Page, here: str) -> None:
    """Go to a control with Tab, and press Enter; wait for the page it leads to."""
    tab_to(page, here)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def says(words: str) -> str:
    """What holds in a page where the focus is on a control with these words."""
    return f"document.activeElement.textContent.trim() === {words!r}"


def test_without_scripts_one_reports_removes_appeals_and_restores(open_context: Contexts, paper: Paper) -> None:
    phone = {"java_script_enabled": False, "viewport": {"width": 390, "height": 844}}
    ada, bo, mo, olga = (open_context.person(paper, name, **phone) for name in ("ada", "bo", "mo", "olga"))
    become(paper, "mo", Role.MODERATOR)
    become(paper, "olga", Role.OWNER)
    write(ada, SPAM)
    ada.wait_for_url("**/article/**#c-*")
    open_article(bo, paper)
    bo.get_by_role("link", name="Report").click()
    bo.get_by_label("Spam").check()
    bo.get_by_role("button", name="Report it").click()
    expect(bo.get_by_text("Thank you. Moderators will look at it.")).to_be_visible()
    mo.goto(f"{paper.address}/en-gb/moderation/queue")
    mo.get_by_label("Choose the comment by ada").check()
    mo.get_by_label("Note for the public log (if you like)").fill("An offer of goods.")
    mo.get_by_role("button", name="Remove the chosen").click()
    expect(mo.get_by_text("Nothing waits.").first).to_be_visible()
    open_article(bo, paper)
    expect(bo.get_by_text(SPAM)).to_have_count(0)
    ada.goto(f"{paper.address}/en-gb/moderation/mine")
    expect(ada.get_by_text("An offer of goods.")).to_be_visible()
    ada.get_by_text("Appeal", exact=True).click()
    ada.get_by_label("Why the decision was wrong").fill("It was a joke.")
    ada.get_by_role("button", name="Send the appeal").click()
    olga.goto(f"{paper.address}/en-gb/moderation/queue")
    olga.get_by_label("Your answer, for all to see").fill("A joke it was.")
    olga.get_by_role("button", name="Take the decision back").click()
    open_article(bo, paper)
    expect(bo.get_by_text(SPAM)).to_be_visible()
    bo.goto(f"{paper.address}/en-gb/moderation")
    expect(bo.get_by_text("An offer of goods.")).to_be_visible()
    assert "ada" not in bo.locator(".deeds").inner_text()


def test_by_keyboard_alone_from_vote_to_farewell(open_context: Contexts, paper: Paper, tmp_path: Path) -> None:
    ada, bo = (open_context.person(paper, name) for name in ("ada", "bo"))
    become(paper, "bo", Role.MODERATOR)
    write(ada, SPAM)
    expect(ada.locator(".remark-words")).to_have_text(SPAM)
    bo.reload()
    tab_to(bo, "document.activeElement.getAttribute('aria-label') === 'Vote up'")
    bo.keyboard.press("Enter")
    expect(bo.get_by_role("button", name="Vote up")).to_have_attribute("aria-pressed", "true")
    press_to(bo, says("Report"))
    tab_to(bo, "document.activeElement.name === 'reason'")
    bo.keyboard.press("Space")
    press_to(bo, says("Report it"))
    bo.goto(f"{paper.address}/en-gb/moderation/queue")
    tab_to(bo, "document.activeElement.name === 'comment'")
    bo.keyboard.press("Space")
    press_to(bo, says("Remove the chosen"))
    open_article(bo, paper)
    expect(bo.get_by_text(SPAM)).to_have_count(0)
    mark_by_keyboard(bo)
    bo.goto(f"{paper.address}/en-gb/account")
    tab_to(bo, says("Export"))
    with bo.expect_download() as download:
        bo.keyboard.press("Enter")
    download.value.save_as(tmp_path / "kept.json")
    assert "Which ledger?" in (tmp_path / "kept.json").read_text("utf-8")
    tab_to(bo, "document.activeElement.name === 'sure'")
    bo.keyboard.press("Space")
    press_to(bo, says("Delete my account"))
    bo.goto(f"{paper.address}/en-gb/sign-in")
    bo.locator("[name=name]").fill("bo")
    bo.locator("[name=password]").fill(PASSWORD)
    bo.locator("main form button").first.click()
    expect(bo.get_by_role("alert")).to_be_visible()


def mark_by_keyboard(page: Page) -> None:
    """Mark a passage of the article that is open, with a note, from its page of what one keeps."""
    press_to(page, says("Keep…"))
    tab_to(page, "document.activeElement.name === 'line'")
    page.keyboard.press("Space")
    tab_to(page, "document.activeElement.name === 'note'")
    page.keyboard.type("Which ledger?")
    press_to(page, says("Mark it"))
    expect(page.get_by_text("Which ledger?").first).to_be_visible()


@pytest.mark.parametrize(("edition", "look", "width"), [("en-gb", "light", 1280), ("ar-eg", "dark", 390)])
def test_every_page_of_moderation_is_accessible(
    open_context: Contexts, paper: Paper, edition: str, look: str, width: int
) -> None:
    more = {"color_scheme": look, "viewport": {"width": width, "height": 860}}
    ada, mo = (open_context.person(paper, name, **more) for name in ("ada", "mo"))
    become(paper, "mo", Role.OWNER)
    write(ada, SPAM)
    expect(ada.locator(".remark-words")).to_have_text(SPAM)
    mo.reload()
    comment = mo.locator(".remark").first.get_attribute("id") or ""
    at = f"{paper.address}/{edition}"
    report = f"{at}/comment/{comment[2:]}/report"
    mo.goto(report)
    check(mo)
    mo.locator("[name=reason]").first.check()
    mo.locator("main form button").click()
    mo.goto(f"{at}/moderation/queue")
    check(mo)
    author = mo.locator(".judged a").first.get_attribute("href") or ""
    mo.locator("[name=comment]").check()
    mo.locator("[name=decision][value=remove]").last.click()
    mo.wait_for_url("**/moderation/queue*")
    ada.goto(f"{at}/moderation/mine")
    check(ada)
    for page in ("moderation", "moderation/queue", "moderation/rules", author.rpartition(f"/{edition}/")[2]):
        mo.goto(f"{at}/{page}")
        check(mo)
        wide = mo.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, page
