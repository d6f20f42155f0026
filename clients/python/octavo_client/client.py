"""The client. Written by clients/generate.py from the OpenAPI document: change the API, then run it again."""

from typing import Literal

from octavo_client import models
from octavo_client.asking import Connection


class Octavo(Connection):
    """An instance of Octavo, asked by its REST API."""

    def about(self) -> models.About:
        """Say what this instance is, and where its API begins."""
        return self.read(models.About, "/api/v1", {}, {})

    def get_problem(self, key: str) -> models.ProblemKind:
        """Say what a kind of problem means."""
        return self.read(models.ProblemKind, "/api/v1/problems/{key}", {"key": key}, {})

    def list_articles(
        self,
        *,
        fields: str = "",
        edition: str = "",
        cursor: str = "",
        limit: int = 30,
        language: str = "",
        section: str = "",
        hashtag: str = "",
        publisher: str = "",
        about: str = "",
    ) -> models.Articles:
        """List the newest articles: of the edition's languages, or those one condition chooses."""
        return self.read(
            models.Articles,
            "/api/v1/articles",
            {},
            {
                "fields": fields,
                "edition": edition,
                "cursor": cursor,
                "limit": limit,
                "language": language,
                "section": section,
                "hashtag": hashtag,
                "publisher": publisher,
                "about": about,
            },
        )

    def get_article(self, id_: str, *, fields: str = "", edition: str = "") -> models.FullArticle:
        """Give one article, with as much of its text as its publisher's policy lets be shown."""
        return self.read(
            models.FullArticle, "/api/v1/articles/{id}", {"id": id_}, {"fields": fields, "edition": edition}
        )

    def related_articles(self, id_: str, *, fields: str = "", edition: str = "") -> models.RelatedArticles:
        """List what is worth reading next to an article, each with the reason."""
        return self.read(
            models.RelatedArticles, "/api/v1/articles/{id}/related", {"id": id_}, {"fields": fields, "edition": edition}
        )

    def article_revisions(self, id_: str, *, fields: str = "", edition: str = "") -> models.Revisions:
        """List what an article's publisher changed; nothing where its policy lets no full text be shown."""
        return self.read(
            models.Revisions, "/api/v1/articles/{id}/revisions", {"id": id_}, {"fields": fields, "edition": edition}
        )

    def article_differences(self, id_: str, *, fields: str = "", edition: str = "") -> models.Differences:
        """List what an article's headline says that its text does not bear out."""
        return self.read(
            models.Differences, "/api/v1/articles/{id}/differences", {"id": id_}, {"fields": fields, "edition": edition}
        )

    def list_stories(
        self, *, fields: str = "", edition: str = "", cursor: str = "", limit: int = 30, publishers: int = 2
    ) -> models.Stories:
        """List the stories several publishers report, the last moved first."""
        return self.read(
            models.Stories,
            "/api/v1/stories",
            {},
            {"fields": fields, "edition": edition, "cursor": cursor, "limit": limit, "publishers": publishers},
        )

    def get_story(self, id_: str, *, fields: str = "", edition: str = "") -> models.FullStory:
        """Give one story: who reports what, and what belongs to it."""
        return self.read(models.FullStory, "/api/v1/stories/{id}", {"id": id_}, {"fields": fields, "edition": edition})

    def story_articles(self, id_: str, *, fields: str = "", edition: str = "") -> models.Articles:
        """List a story's articles, newest first: the newest 120 of a long one."""
        return self.read(
            models.Articles, "/api/v1/stories/{id}/articles", {"id": id_}, {"fields": fields, "edition": edition}
        )

    def story_figures(self, id_: str, *, fields: str = "", edition: str = "") -> models.Figures:
        """List the numbers of a story, as each outlet gives them: the ledger."""
        return self.read(
            models.Figures, "/api/v1/stories/{id}/figures", {"id": id_}, {"fields": fields, "edition": edition}
        )

    def story_differences(self, id_: str, *, fields: str = "", edition: str = "") -> models.Differences:
        """List where a story's reports differ, shown and not judged."""
        return self.read(
            models.Differences, "/api/v1/stories/{id}/differences", {"id": id_}, {"fields": fields, "edition": edition}
        )

    def story_timeline(self, id_: str, *, fields: str = "", edition: str = "") -> models.Days:
        """List what happened when, by the texts themselves."""
        return self.read(
            models.Days, "/api/v1/stories/{id}/timeline", {"id": id_}, {"fields": fields, "edition": edition}
        )

    def story_quotations(self, id_: str, *, fields: str = "", edition: str = "") -> models.Quotations:
        """List who said what, and how each outlet gives it."""
        return self.read(
            models.Quotations, "/api/v1/stories/{id}/quotations", {"id": id_}, {"fields": fields, "edition": edition}
        )

    def search_articles(
        self,
        *,
        fields: str = "",
        edition: str = "",
        q: str = "",
        publisher: str = "",
        section: str = "",
        language: str = "",
        tag: str = "",
        after: str = "",
        before: str = "",
        newest: bool = False,
        cursor: str = "",
    ) -> models.Finds:
        """Search every article, in any language: those with every word first, then those that come near."""
        return self.read(
            models.Finds,
            "/api/v1/search",
            {},
            {
                "fields": fields,
                "edition": edition,
                "q": q,
                "publisher": publisher,
                "section": section,
                "language": language,
                "tag": tag,
                "after": after,
                "before": before,
                "newest": newest,
                "cursor": cursor,
            },
        )

    def rising_hashtags(self, *, fields: str = "", edition: str = "") -> models.RisingTags:
        """List the hashtags used more than on a usual day."""
        return self.read(models.RisingTags, "/api/v1/hashtags", {}, {"fields": fields, "edition": edition})

    def get_hashtag(self, key: str, *, fields: str = "", edition: str = "") -> models.FullTag:
        """Give one hashtag; one that an editor folded into another gives that one."""
        return self.read(models.FullTag, "/api/v1/hashtags/{key}", {"key": key}, {"fields": fields, "edition": edition})

    def get_entity(self, key: str, *, fields: str = "", edition: str = "") -> models.Entity:
        """Give who or what articles are about, by its key: place/703448, org/UN. Places have pages here."""
        return self.read(models.Entity, "/api/v1/entities/{key}", {"key": key}, {"fields": fields, "edition": edition})

    def list_editions(self, *, fields: str = "", edition: str = "") -> models.Editions:
        """List every edition there is, by its key."""
        return self.read(models.Editions, "/api/v1/editions", {}, {"fields": fields, "edition": edition})

    def get_edition(self, key: str, *, fields: str = "") -> models.Front:
        """Give an edition with its front page as it is now: the Eight, the sections, the newest articles."""
        return self.read(models.Front, "/api/v1/editions/{key}", {"key": key}, {"fields": fields})

    def list_publishers(
        self, *, fields: str = "", edition: str = "", cursor: str = "", limit: int = 30
    ) -> models.Publishers:
        """List the publishers read here, by name."""
        return self.read(
            models.Publishers,
            "/api/v1/publishers",
            {},
            {"fields": fields, "edition": edition, "cursor": cursor, "limit": limit},
        )

    def get_publisher(self, key: str, *, fields: str = "", edition: str = "") -> models.FullPublisher:
        """Give one publisher, with its feeds."""
        return self.read(
            models.FullPublisher, "/api/v1/publishers/{key}", {"key": key}, {"fields": fields, "edition": edition}
        )

    def list_feeds(self, *, fields: str = "", edition: str = "", cursor: str = "", limit: int = 30) -> models.Feeds:
        """List the feeds this instance reads, the oldest first."""
        return self.read(
            models.Feeds, "/api/v1/feeds", {}, {"fields": fields, "edition": edition, "cursor": cursor, "limit": limit}
        )

    def article_comments(
        self, id_: str, *, fields: str = "", edition: str = "", cursor: str = "", limit: int = 30
    ) -> models.Comments:
        """List what readers said about an article, the newest first."""
        return self.read(
            models.Comments,
            "/api/v1/articles/{id}/comments",
            {"id": id_},
            {"fields": fields, "edition": edition, "cursor": cursor, "limit": limit},
        )

    def comment_on_article(self, id_: str, body: models.Said) -> models.Comment:
        """Say something about an article."""
        return self.send(models.Comment, "POST", "/api/v1/articles/{id}/comments", {"id": id_}, {}, body)

    def story_comments(
        self, id_: str, *, fields: str = "", edition: str = "", cursor: str = "", limit: int = 30
    ) -> models.Comments:
        """List what readers said about a story and its articles, the newest first."""
        return self.read(
            models.Comments,
            "/api/v1/stories/{id}/comments",
            {"id": id_},
            {"fields": fields, "edition": edition, "cursor": cursor, "limit": limit},
        )

    def comment_on_story(self, id_: str, body: models.Said) -> models.Comment:
        """Say something about a story."""
        return self.send(models.Comment, "POST", "/api/v1/stories/{id}/comments", {"id": id_}, {}, body)

    def get_comment(self, id_: str, *, fields: str = "", edition: str = "") -> models.Comment:
        """Give one comment; one that waits for a moderator to its author alone."""
        return self.read(models.Comment, "/api/v1/comments/{id}", {"id": id_}, {"fields": fields, "edition": edition})

    def edit_comment(self, id_: str, body: models.Reworded) -> models.Comment:
        """Give one's own comment other words; the earlier ones stay to be seen."""
        return self.send(models.Comment, "PUT", "/api/v1/comments/{id}", {"id": id_}, {}, body)

    def delete_comment(self, id_: str) -> None:
        """Take back one's own comment: its words are gone for good."""
        self.change("DELETE", "/api/v1/comments/{id}", {"id": id_}, {}, None)

    def vote_on_comment(self, id_: str, body: models.Vote) -> models.Comment:
        """Vote a comment up or down, or take one's vote back."""
        return self.send(models.Comment, "PUT", "/api/v1/comments/{id}/vote", {"id": id_}, {}, body)

    def report_comment(self, id_: str, body: models.Complaint) -> None:
        """Report a comment to the moderators; once is enough."""
        self.change("POST", "/api/v1/comments/{id}/report", {"id": id_}, {}, body)

    def me(self) -> models.Me:
        """Say whose token was sent, and what it may be used for."""
        return self.read(models.Me, "/api/v1/me", {}, {})

    def saved_articles(
        self, *, fields: str = "", edition: str = "", cursor: str = "", limit: int = 30
    ) -> models.SavedArticles:
        """List the articles one saved, the last first."""
        return self.read(
            models.SavedArticles,
            "/api/v1/me/saved",
            {},
            {"fields": fields, "edition": edition, "cursor": cursor, "limit": limit},
        )

    def save_article(self, id_: str) -> None:
        """Save an article; one that is saved stays so."""
        self.change("PUT", "/api/v1/me/saved/{id}", {"id": id_}, {}, None)

    def unsave_article(self, id_: str) -> None:
        """Save an article no longer."""
        self.change("DELETE", "/api/v1/me/saved/{id}", {"id": id_}, {}, None)

    def followed(self, *, fields: str = "") -> models.Follows:
        """List what one follows and mutes."""
        return self.read(models.Follows, "/api/v1/me/follows", {}, {"fields": fields})

    def follow(self, kind: str, key: str, *, name: str = "", stance: Literal["follow", "mute"] = "follow") -> None:
        """Follow something, or mute it."""
        self.change(
            "PUT", "/api/v1/me/follows/{kind}/{key}", {"kind": kind, "key": key}, {"name": name, "stance": stance}, None
        )

    def unfollow(self, kind: str, key: str) -> None:
        """Neither follow nor mute something any longer."""
        self.change("DELETE", "/api/v1/me/follows/{kind}/{key}", {"kind": kind, "key": key}, {}, None)

    def reading_lists(self, *, fields: str = "") -> models.ReadingLists:
        """List one's lists, the newest first."""
        return self.read(models.ReadingLists, "/api/v1/me/lists", {}, {"fields": fields})

    def make_list(self, body: models.Described) -> models.ReadingList:
        """Make a list, which only its owner sees."""
        return self.send(models.ReadingList, "POST", "/api/v1/me/lists", {}, {}, body)

    def get_list(self, id_: str, *, fields: str = "", edition: str = "") -> models.ReadingList:
        """Give one of one's lists."""
        return self.read(
            models.ReadingList, "/api/v1/me/lists/{id}", {"id": id_}, {"fields": fields, "edition": edition}
        )

    def describe_list(self, id_: str, body: models.Described) -> models.ReadingList:
        """Call a list something else."""
        return self.send(models.ReadingList, "PUT", "/api/v1/me/lists/{id}", {"id": id_}, {}, body)

    def remove_list(self, id_: str) -> None:
        """Take a list apart; its articles stay where else they are kept."""
        self.change("DELETE", "/api/v1/me/lists/{id}", {"id": id_}, {}, None)

    def share_list(self, id_: str) -> models.ReadingList:
        """Let whoever has its address see a list."""
        return self.send(models.ReadingList, "PUT", "/api/v1/me/lists/{id}/share", {"id": id_}, {}, None)

    def withdraw_list(self, id_: str) -> None:
        """Let nobody else see a list any longer; shared again, it has another address."""
        self.change("DELETE", "/api/v1/me/lists/{id}/share", {"id": id_}, {}, None)

    def list_entries(
        self, id_: str, *, fields: str = "", edition: str = "", cursor: str = "", limit: int = 30
    ) -> models.SavedArticles:
        """List the articles of one of one's lists, the last put in first."""
        return self.read(
            models.SavedArticles,
            "/api/v1/me/lists/{id}/articles",
            {"id": id_},
            {"fields": fields, "edition": edition, "cursor": cursor, "limit": limit},
        )

    def put_in_list(self, id_: str, article: str) -> None:
        """Put an article into a list; one that is in it stays where it is."""
        self.change("PUT", "/api/v1/me/lists/{id}/articles/{article}", {"id": id_, "article": article}, {}, None)

    def take_out_of_list(self, id_: str, article: str) -> None:
        """Take an article out of a list."""
        self.change("DELETE", "/api/v1/me/lists/{id}/articles/{article}", {"id": id_, "article": article}, {}, None)

    def marked_passages(
        self, *, fields: str = "", edition: str = "", cursor: str = "", limit: int = 30
    ) -> models.Highlights:
        """List the passages one marked, the last first."""
        return self.read(
            models.Highlights,
            "/api/v1/me/highlights",
            {},
            {"fields": fields, "edition": edition, "cursor": cursor, "limit": limit},
        )

    def mark_passage(self, body: models.Marked) -> models.Highlight:
        """Mark a passage of an article, as its page shows it."""
        return self.send(models.Highlight, "POST", "/api/v1/me/highlights", {}, {}, body)

    def note_passage(self, id_: str, body: models.Note) -> models.Highlight:
        """Write another note to a passage."""
        return self.send(models.Highlight, "PUT", "/api/v1/me/highlights/{id}", {"id": id_}, {}, body)

    def unmark_passage(self, id_: str) -> None:
        """Mark a passage no longer."""
        self.change("DELETE", "/api/v1/me/highlights/{id}", {"id": id_}, {}, None)

    def read_articles(
        self, *, fields: str = "", edition: str = "", cursor: str = "", limit: int = 30
    ) -> models.History:
        """List what one read, the last first; nothing where one did not ask for it to be remembered."""
        return self.read(
            models.History,
            "/api/v1/me/history",
            {},
            {"fields": fields, "edition": edition, "cursor": cursor, "limit": limit},
        )

    def remember_reading(self, body: models.Remembering) -> None:
        """Remember what one reads from now on, or no longer: then what was remembered is forgotten."""
        self.change("PUT", "/api/v1/me/history", {}, {}, body)

    def forget_reading(self) -> None:
        """Forget all that one read."""
        self.change("DELETE", "/api/v1/me/history", {}, {}, None)

    def remember_article(self, id_: str) -> None:
        """Remember that one read an article, where one asked for that."""
        self.change("PUT", "/api/v1/me/history/{id}", {"id": id_}, {}, None)

    def forget_article(self, id_: str) -> None:
        """Forget that one read an article."""
        self.change("DELETE", "/api/v1/me/history/{id}", {"id": id_}, {}, None)

    def saved_searches(self, *, fields: str = "") -> models.Searches:
        """List the searches one keeps, oldest first, each with its feed."""
        return self.read(models.Searches, "/api/v1/me/searches", {}, {"fields": fields})

    def save_search(self, body: models.Sought) -> models.Search:
        """Keep a search; one that is kept already is given as it is."""
        return self.send(models.Search, "POST", "/api/v1/me/searches", {}, {}, body)

    def rename_search(self, id_: str, body: models.Named) -> models.Search:
        """Call a search something else."""
        return self.send(models.Search, "PUT", "/api/v1/me/searches/{id}", {"id": id_}, {}, body)

    def forget_search(self, id_: str) -> None:
        """Keep a search no longer."""
        self.change("DELETE", "/api/v1/me/searches/{id}", {"id": id_}, {}, None)

    def followed_as_opml(self, *, fields: str = "", edition: str = "") -> models.Opml:
        """Give all that one follows and searches for as a subscription list: each thing is a feed of this site."""
        return self.read(models.Opml, "/api/v1/me/opml", {}, {"fields": fields, "edition": edition})

    def follow_opml(self, body: models.Brings) -> models.Brought:
        """Follow what a subscription list names, as far as it is read here."""
        return self.send(models.Brought, "POST", "/api/v1/me/opml", {}, {}, body)

    def list_webhooks(self, *, fields: str = "") -> models.Webhooks:
        """List the webhooks, the oldest first."""
        return self.read(models.Webhooks, "/api/v1/webhooks", {}, {"fields": fields})

    def make_webhook(self, body: models.NewWebhook) -> models.MadeWebhook:
        """Have an address told of the news. The answer holds its secret, which is shown this once."""
        return self.send(models.MadeWebhook, "POST", "/api/v1/webhooks", {}, {}, body)

    def get_webhook(self, id_: str, *, fields: str = "") -> models.Webhook:
        """Give one webhook, without its secret."""
        return self.read(models.Webhook, "/api/v1/webhooks/{id}", {"id": id_}, {"fields": fields})

    def remove_webhook(self, id_: str) -> None:
        """Forget a webhook, and what it was told."""
        self.change("DELETE", "/api/v1/webhooks/{id}", {"id": id_}, {}, None)

    def set_webhook_state(self, id_: str, body: models.State) -> models.Webhook:
        """Pause a webhook, or turn it on again."""
        return self.send(models.Webhook, "PUT", "/api/v1/webhooks/{id}/state", {"id": id_}, {}, body)

    def try_webhook(self, id_: str) -> None:
        """Have a webhook told that it is tested: within a minute, where a worker runs."""
        self.change("POST", "/api/v1/webhooks/{id}/test", {"id": id_}, {}, None)

    def webhook_messages(self, id_: str, *, fields: str = "", cursor: str = "") -> models.Messages:
        """List what a webhook was told and what came of it, the newest first."""
        return self.read(
            models.Messages, "/api/v1/webhooks/{id}/messages", {"id": id_}, {"fields": fields, "cursor": cursor}
        )

    def send_message_again(self, id_: str, message: str) -> None:
        """Have a message sent once more, under the id it had."""
        self.change("POST", "/api/v1/webhooks/{id}/messages/{message}/again", {"id": id_, "message": message}, {}, None)
