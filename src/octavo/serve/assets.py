"""Static files: read, joined and fingerprinted once at start-up; nothing is built beforehand."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from importlib.resources import files
from importlib.resources.abc import Traversable

_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "txt": "text/plain; charset=utf-8",
}
_STYLE_ORDER = ("tokens", "base", "layout")
_COMMENT = re.compile(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/")
_REMARK = re.compile(r"/\*\*[^*]*\*+(?:[^/*][^*]*\*+)*/|^[ \t]*//[^\n]*\n", re.MULTILINE)
"""In scripts: what is said of types, and lines of words. "image/*,*/*" is neither."""
_BLANK = re.compile(r"\n\s+")
_CSS_URL = re.compile(r'url\("\.\./([^"]+)"\)')
_JS_IMPORT = re.compile(r'(from |import\()"\./([a-z_]+\.js)"')


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file as it is sent."""

    path: str
    media_type: str
    body: bytes
    etag: str


@dataclass(frozen=True, slots=True)
class Assets:
    """Every static file: by the name it is written under, and by the fingerprinted path it is served under."""

    names: Mapping[str, str]
    served: Mapping[str, Asset]
    fingerprint: str

    def url(self, name: str) -> str:
        """Give the address of a static file. Raises KeyError for a file that is not there: a bug in a template."""
        return self.names[name]


@cache
def read_assets() -> Assets:
    """Read static/, once: fonts and icons first, then styles and scripts, which name them."""
    root = files("octavo.serve") / "static"
    names: dict[str, str] = {}
    served: dict[str, Asset] = {}

    def add(name: str, body: bytes) -> None:
        asset = _asset(name, body)
        names[name] = asset.path
        served[asset.path] = asset

    for folder in ("fonts", "icons"):
        for file in _files(root / folder):
            add(f"{folder}/{file.name}", file.read_bytes())
    add("octavo.css", _stylesheet(root / "css", names).encode())
    for file in _files(root / "css" / "pages"):
        add(f"css/{file.name}", _spare(file.read_text("utf-8"), names).encode())
    scripts = {file.name: file.read_text("utf-8") for file in _files(root / "js")}
    needed = {name: {other for _, other in _JS_IMPORT.findall(text)} for name, text in scripts.items()}
    for name in TopologicalSorter(needed).static_order():
        linked = _JS_IMPORT.sub(lambda match: f'{match[1]}"{names["js/" + match[2]]}"', scripts[name])
        add(f"js/{name}", _REMARK.sub("", linked).encode())
    whole = hashlib.sha256("".join(sorted(served)).encode()).hexdigest()[:12]
    return Assets(names, served, whole)


def _files(folder: Traversable) -> list[Traversable]:
    return sorted((entry for entry in folder.iterdir() if entry.is_file()), key=lambda entry: entry.name)


def _stylesheet(folder: Traversable, names: Mapping[str, str]) -> str:
    """Join the styles of every page: tokens, base and layout, then one file per part, in order of name."""
    sheets = {file.name.removesuffix(".css"): file.read_text("utf-8") for file in _files(folder)}
    order = [*_STYLE_ORDER, *(name for name in sheets if name not in _STYLE_ORDER)]
    return _spare("\n".join(sheets[name] for name in order), names)


def _spare(styles: str, names: Mapping[str, str]) -> str:
    """Leave out comments and blanks, and name fonts and pictures by the addresses they are served under."""
    joined = _COMMENT.sub("", styles)
    linked = _CSS_URL.sub(lambda match: f'url("{names[match[1]]}")', joined)
    return _BLANK.sub("\n", linked).strip()


def _asset(name: str, body: bytes) -> Asset:
    digest = hashlib.sha256(body).hexdigest()[:10]
    stem, _, ending = name.rpartition(".")
    return Asset(
        path=f"/static/{stem}.{digest}.{ending}",
        media_type=_TYPES[ending],
        body=body,
        etag=f'"{digest}"',
    )
