"""Pages from contexts: the Jinja environment, and the few words templates have besides their context and `here`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from octavo.serve import languages, links
from octavo.serve.assets import Assets
from octavo.serve.contexts import Context
from octavo.serve.display import web_address
from octavo.serve.here import Here
from octavo.serve.keeping import Keep, Pieces
from octavo.text.slugs import short_id
from octavo.text.urls import host_of

FOLDER = Path(__file__).with_name("templates")
_ESCAPED = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


class Compiled(BytecodeCache):
    """Compiled templates by name and text, for as long as this process lives: each is compiled once."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key, bucket.checksum] = bucket.code


_COMPILED = Compiled()


@dataclass(frozen=True, slots=True)
class Templates:
    """Writes pages; safe to use from many threads."""

    environment: Environment

    def render(self, context: Context, here: Here) -> str:
        """Write the page a context describes."""
        template = self.environment.get_template(context.template)
        return template.render(page=context, frame=context.frame, here=here, t=here.t, tn=here.tn)


def make_templates(assets: Assets, *, notifies: bool = True) -> Templates:
    """Open the templates. A name a template misspells raises, it never shows nothing."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_COMPILED,
        extensions=[Keep],
    )
    environment.extend(pieces=Pieces())
    environment.globals |= {
        "asset": assets.url,
        "direction": languages.direction,
        "feed_link": links.feed,
        "formats": links.FORMATS,
        "front_of": links.front,
        "notifies": notifies,
        "short_id": short_id,
    }
    environment.filters |= {
        "linked_data": linked_data,
        "plain_style": plain_style,
        "server_name": host_of,
        "web": web_address,
    }
    return Templates(environment)


def plain_style(text: str) -> Markup:
    """Write a style sheet of ours into a page as it stands; one that could end its element is none of ours."""
    if "<" in text:
        raise ValueError("a style sheet with a tag in it")
    return Markup(text)  # noqa: S704 (looked at above)


def linked_data(value: Mapping[str, Any]) -> Markup:
    """Write JSON for a <script> data block: no character in it can end the block."""
    return Markup(json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED))  # noqa: S704 (escaped above)
