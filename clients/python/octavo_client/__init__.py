"""A typed client of Octavo's REST API: Octavo("https://news.example").list_articles(language="de")."""

from octavo_client.asking import Connection, Page, ProblemError
from octavo_client.client import Octavo

__all__ = ["Connection", "Octavo", "Page", "ProblemError"]
