"""What the menus of sharing on articles and stories are given."""

from octavo.domain.article import Article
from octavo.domain.story import Story
from octavo.serve import links
from octavo.serve.display import web_address
from octavo.serve.here import Here
from octavo.serve.sending import mail_link
from octavo.serve.sharing import Sending


def hand_on_article(here: Here, article: Article, path: str) -> Sending:
    """Say how an article is shared: to other programs goes its publisher's own page, which has all of it."""
    address = here.absolute(path)
    url = web_address(article.canonical_url) or web_address(article.url) or address
    page = links.send(links.article_root(here.edition, article.id))
    return Sending(url, address, article.headline, article.language, mail_link(article.headline, address), page)


def hand_on_story(here: Here, story: Story, path: str) -> Sending:
    """Say how a story is shared: by its page here."""
    address = here.absolute(path)
    page = links.send(links.story_root(here.edition, story.id))
    return Sending(address, address, story.headline, story.language, mail_link(story.headline, address), page)
