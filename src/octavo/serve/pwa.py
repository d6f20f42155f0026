"""Octavo as an app on the reader's device: manifest, service worker; the offline page is in pages/."""

import json
import re

from octavo.serve import links
from octavo.serve.answers import Answer, answer
from octavo.serve.assets import Assets
from octavo.serve.visit import Visit

MANIFEST = "application/manifest+json"
_SCRIPT = "text/javascript; charset=utf-8"
WORKER = ("shelf", "outbox", "sw", "pushed")
"""Scripts that make up the service worker, in this order."""

_WORKER_ALONE = frozenset(("js/sw.js", "js/pushed.js"))
"""Those that no page uses."""

_MODULE = re.compile(r"^(?:import [^\n]*\n|export )", re.MULTILINE)
_SIZE = re.compile(r"-(\d+)\.png$")


def write_manifest(visit: Visit) -> bytes:
    """Write the web app manifest (W3C Web Application Manifest) of an edition, in its language.

    The app is one whatever the edition: its `id` stays, and a reader who changes edition keeps the installed app.
    """
    language, front = visit.here.language, links.front(visit.plan.key)
    icons = _icons(visit.site.assets)
    small = [icon for icon in icons if icon["purpose"] == "any" and icon["sizes"] == "192x192"]
    shortcuts = (
        (visit.t("Front page"), front),
        (visit.t("Latest"), f"{front}/latest"),
        (visit.t("Saved articles"), f"{front}/saved"),
        (visit.t("Search"), f"{front}/search"),
    )
    manifest = {
        "id": "/",
        "name": "Octavo",
        "short_name": "Octavo",
        "description": visit.t("News from many publishers, on one calm page."),
        "lang": language.tag,
        "dir": language.direction,
        "start_url": front,
        "scope": "/",
        "display": "standalone",
        "display_override": ["standalone", "minimal-ui"],
        "background_color": "#fbf9f4",
        "theme_color": "#fbf9f4",
        "categories": ["news"],
        "icons": icons,
        "shortcuts": [{"name": name, "url": url, "icons": small} for name, url in shortcuts],
        "share_target": {
            "action": f"{front}/share",
            "method": "GET",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }
    return json.dumps(manifest, ensure_ascii=False).encode()


def _icons(assets: Assets) -> list[dict[str, str]]:
    """Name every icon whose file name ends in its size; "maskable" in the name says that its edges may be cut."""
    icons = []
    for name, path in assets.names.items():
        size = _SIZE.search(name)
        if name.startswith("icons/") and size:
            purpose = "maskable" if "maskable" in name else "any"
            icons.append({"src": path, "sizes": f"{size[1]}x{size[1]}", "type": "image/png", "purpose": purpose})
    if "icons/icon.svg" in assets.names:
        icons.append({"src": assets.names["icons/icon.svg"], "sizes": "any", "type": "image/svg+xml", "purpose": "any"})
    return icons


def service_worker(assets: Assets) -> Answer | None:
    """Give the service worker, told which files make up this version; None where there is none.

    Not every browser runs modules as service workers, so the modules it shares with pages are joined into one script.
    """
    paths = [assets.names.get(f"js/{name}.js") for name in WORKER]
    if None in paths:
        return None
    parts = [place for name, place in assets.names.items() if _is_needed_offline(name)]
    icon = assets.names.get("icons/icon-192.png", "")
    told = {"icon": icon, "version": assets.fingerprint, "offline": "/offline", "precache": sorted(parts)}
    joined = "".join(_MODULE.sub("", assets.served[path].body.decode()) for path in paths if path)
    return answer(f'"use strict";\nself.OCTAVO = {json.dumps(told)};\n{joined}', _SCRIPT)


def _is_needed_offline(name: str) -> bool:
    if name.startswith("fonts/"):
        return name.endswith(".woff2") and "-ext" not in name
    return name == "icons/icon.svg" or (name not in _WORKER_ALONE and name.endswith((".css", ".js")))
