"""The newswire's pictures: illustrations drawn when first asked for, the same for the same article."""

import io
from collections.abc import Callable
from threading import Lock

from octavo.adapters.newswire.scenes import coast, indoors, land, night, space, town
from octavo.adapters.newswire.scenes.canvas import HEIGHT, WIDTH, Canvas
from octavo.adapters.newswire.scenes.palette import DAWN, DAY, DUSK, GOLDEN, HAZE, NIGHT, STORM, Light

Scene = tuple[Callable[[Canvas], None], tuple[Light, ...]]

SIZE = (WIDTH, HEIGHT)  # pixels

SCENES: dict[str, Scene] = {
    "harbour": (coast.harbour, (DAWN, GOLDEN, DAY, DUSK)),
    "bridge": (coast.bridge, (DUSK, DAY, DAWN, GOLDEN)),
    "flood": (coast.flood, (STORM,)),
    "satellite": (space.satellite, (NIGHT,)),
    "rocket": (space.rocket, (DUSK, DAWN)),
    "stadium": (night.stadium, (NIGHT,)),
    "court": (town.court, (DAY, GOLDEN, DAWN)),
    "parliament": (town.parliament, (DUSK, DAY, GOLDEN)),
    "oilfield": (coast.oilfield, (GOLDEN, DUSK, HAZE)),
    "market": (town.market, (GOLDEN, DAY, DAWN)),
    "hospital": (town.hospital, (DUSK, DAWN, DAY)),
    "glacier": (coast.glacier, (DAY, DAWN)),
    "library": (indoors.library, (DAY,)),
    "orchestra": (indoors.orchestra, (DUSK,)),
    "school": (town.school, (DAY, DAWN, GOLDEN)),
    "desert-solar": (land.desert_solar, (GOLDEN, DAY, HAZE)),
    "train": (land.train, (DAWN, DUSK, GOLDEN, DAY)),
    "factory": (land.factory, (DAY, GOLDEN, DAWN)),
    "street-night": (night.street_night, (NIGHT,)),
    "forest-fire": (land.forest_fire, (DUSK,)),
    "vineyard": (land.vineyard, (DAY, GOLDEN, DAWN)),
    "computer-lab": (indoors.computer_lab, (NIGHT,)),
    "coral": (coast.coral, (DAY,)),
    "drought-field": (land.drought_field, (HAZE, GOLDEN)),
}


def draw_picture(scene: str, seed: str) -> bytes:
    """A JPEG of `scene`, a key of SCENES. Light and details follow from `seed`."""
    draw, lights = SCENES[scene]
    canvas = Canvas.blank(f"{scene}/{seed}", lights)
    draw(canvas)
    out = io.BytesIO()
    canvas.finish().save(out, "JPEG", quality=84, optimize=True, progressive=True)
    return out.getvalue()


class PictureShelf:
    """Keeps each picture once it is drawn, so that it is drawn only once. Safe among threads."""

    __slots__ = ("_drawn", "_lock")

    def __init__(self) -> None:
        self._drawn: dict[tuple[str, str], bytes] = {}
        self._lock = Lock()

    def take(self, scene: str, seed: str) -> bytes:
        """The JPEG of `scene` for `seed`."""
        with self._lock:
            if (scene, seed) not in self._drawn:
                self._drawn[scene, seed] = draw_picture(scene, seed)
            return self._drawn[scene, seed]
