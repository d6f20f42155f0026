"""python -m octavo."""

import sys

# structlog would load it for the colours of stacks, in each process of an instance: a website that was killed is wanted
# back before that. Who asks for it later gets it.
sys.modules["rich"] = None  # type: ignore[assignment]
from octavo.cli.main import run  # noqa: E402

del sys.modules["rich"]

if __name__ == "__main__":
    run()
