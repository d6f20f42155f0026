"""Examples of asking the API, which are run by a test: they stand in its document and in the reference page."""

from dataclasses import dataclass
from shlex import quote


@dataclass(frozen=True, slots=True)
class Example:
    """One request: the operation it is of, what it asks, and the rest of the address; `sent` is JSON that goes along.

    One with a token takes it from where a shell keeps it, so that no example holds one.
    """

    operation: str
    title: str
    path: str
    sent: str = ""
    token: bool = False

    def command(self, origin: str) -> str:
        """Write it for a shell."""
        told = ['-H "Authorization: Bearer $OCTAVO_TOKEN"'] if self.token else []
        told += [f"--json {quote(self.sent)}"] if self.sent else []
        return " ".join(["curl", *told, quote(f"{origin}/api/v1{self.path}")])


EXAMPLES: tuple[Example, ...] = (
    Example("list_articles", "The newest articles, without the rest", "/articles?limit=5&fields=excerpt"),
    Example("list_articles", "What is in Arabic", "/articles?language=ar&edition=ar-eg"),
    Example("list_articles", "A section of an edition", "/articles?edition=en-gb&section=04000000"),
    Example("get_article", "One article", "/articles/{article}"),
    Example("related_articles", "What to read next", "/articles/{article}/related"),
    Example("article_revisions", "What its publisher changed", "/articles/{article}/revisions"),
    Example("article_differences", "What its headline says and its text does not", "/articles/{article}/differences"),
    Example("list_stories", "What several publishers report now", "/stories?limit=10&publishers=3"),
    Example("get_story", "One story", "/stories/{story}"),
    Example("story_articles", "Its articles", "/stories/{story}/articles?fields=excerpt"),
    Example("story_figures", "Its numbers, outlet by outlet", "/stories/{story}/figures"),
    Example("story_differences", "Where its reports differ", "/stories/{story}/differences"),
    Example("story_timeline", "What happened when", "/stories/{story}/timeline"),
    Example("story_quotations", "Who said what", "/stories/{story}/quotations"),
    Example("search_articles", "Words, and one that is left out", "/search?q=ledger+-storm&newest=true"),
    Example("rising_hashtags", "What is on the rise", "/hashtags"),
    Example("get_hashtag", "One hashtag", "/hashtags/{tag}"),
    Example("list_editions", "Every edition", "/editions?fields=language,country"),
    Example("get_edition", "A front page", "/editions/en-gb"),
    Example("list_publishers", "Who is read here", "/publishers?limit=100"),
    Example("get_publisher", "One publisher, with its feeds", "/publishers/{publisher}"),
    Example("list_feeds", "The feeds", "/feeds"),
    Example(
        "make_webhook",
        "Have a desk told of stories that grow",
        "/webhooks",
        '{"url": "https://desk.example/in", "kinds": ["story.grew"], "least": 4}',
        token=True,
    ),
    Example("list_webhooks", "Who is told of what", "/webhooks", token=True),
    Example("webhook_messages", "What one of them was told", "/webhooks/1/messages", token=True),
)
"""What stands in braces is an article, story, hashtag or publisher of the instance that is asked."""
