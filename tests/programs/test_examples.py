"""The API's examples, as its document and the reference page have them, at a real server by a real curl."""

import json
import shlex
import shutil
import subprocess

import pytest

from octavo.serve.api.examples import EXAMPLES, Example
from running import PATIENCE_S

from .conftest import Newspaper

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl here"),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.operation}: {example.title}")
def test_an_example_is_answered(newspaper: Newspaper, example: Example) -> None:
    there = {"article": newspaper.id("ledger"), "story": newspaper.story, "tag": "tide", "publisher": "harbour"}
    [program, *given] = shlex.split(example.command(newspaper.address))
    address = given.pop().format(**there)
    told = [one.replace("$OCTAVO_TOKEN", newspaper.token) for one in given]
    command = [program, "--silent", "--fail", *told, address]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    assert done.returncode == 0, (address, done.stderr)
    assert json.loads(done.stdout)
