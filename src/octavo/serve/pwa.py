"""Octavo as an app on the reader's device: manifest, service worker; the offline page is in pages/."""

import json
import re

from octavo.serve.answers import Answer, answer
from octavo.serve.assets import Assets
from octavo.serve.visit import Visit

MANIFEST = "application/manifest+json"
_SCRIPT = "text/javascript; charset=utf-8"
_SIZE = re.compile(r"-(\d+)\.png$")


def write_manifest(visit: Visit) -> bytes:
    """Write the web app manifest, in the reader's language."""
    language = visit.here.language
    manifest = {
        "id": "/",
        "name": "Octavo",
        "short_name": "Octavo",
        "description": visit.t("News from many publishers, on one calm page."),
        "lang": language.tag,
        "dir": language.direction,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbf9f4",
        "theme_color": "#fbf9f4",
        "categories": ["news"],
        "icons": _icons(visit.site.assets),
        "shortcuts": [
            {"name": visit.t("Latest"), "url": f"/{visit.plan.key}/latest"},
            {"name": visit.t("Saved articles"), "url": f"/{visit.plan.key}/saved"},
        ],
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
    """Give the service worker, told which files make up this version; None where there is none."""
    path = assets.names.get("js/sw.js")
    if path is None:
        return None
    parts = [place for name, place in assets.names.items() if _is_needed_offline(name)]
    pushed = assets.served[assets.names["js/pushed.js"]].body
    icon = assets.names.get("icons/icon-192.png", "")
    told = {"icon": icon, "version": assets.fingerprint, "offline": "/offline", "precache": sorted(parts)}
    return answer(f"self.OCTAVO = {json.dumps(told)};\n".encode() + assets.served[path].body + pushed, _SCRIPT)


def _is_needed_offline(name: str) -> bool:
    if name.startswith("fonts/"):
        return name.endswith(".woff2") and "-ext" not in name
    return name not in ("js/sw.js", "js/pushed.js") and name.endswith((".css", ".js"))
