"""Calls that run or unpack what somebody else wrote: none but those named here, each with its reason."""

import ast
from collections.abc import Iterator

import pytest

from .tree import Module, modules

CARELESS = {
    *("eval", "exec", "compile", "__import__", "breakpoint"),
    *("os.system", "os.popen", "os.spawnl", "os.execl", "subprocess.getoutput", "subprocess.getstatusoutput"),
    *("pickle.load", "pickle.loads", "marshal.load", "marshal.loads", "shelve.open", "dill.loads", "jsonpickle.decode"),
    *("yaml.load", "yaml.unsafe_load", "tempfile.mktemp", "random.SystemRandom", "ssl._create_unverified_context"),
    *("jinja2.Template", "Template", "from_string"),
}
KNOWN = {"adapters.crews.over_ray: pickle.loads": "from the program that owns a cluster to its own tasks"}


def careless(module: Module) -> Iterator[str]:
    """Name every careless call in a module, and every process that is begun by way of a shell."""
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        if name in CARELESS or name.rpartition(".")[2] in {"from_string", "mktemp"}:
            yield f"{module.name}: {name}"
        for given in node.keywords:
            if given.arg in {"shell", "allow_pickle"} and not (
                isinstance(given.value, ast.Constant) and given.value.value is False
            ):
                yield f"{module.name}: {given.arg}"
            if given.arg == "verify" and isinstance(given.value, ast.Constant) and given.value.value is False:
                yield f"{module.name}: verify=False"


def test_nothing_runs_or_unpacks_what_somebody_else_wrote() -> None:
    found = [one for module in modules("src/octavo") for one in careless(module)]
    assert sorted(found) == sorted(KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "eval(given)",
        "os.system(given)",
        "subprocess.run(given, shell=True)",
        "pickle.loads(given)",
        "np.load(given, allow_pickle=True)",
        "environment.from_string(given)",
        "httpx.get(given, verify=False)",
    ],
)
def test_what_is_careless_is_found(text: str) -> None:
    assert list(careless(Module("src/octavo/serve/careless.py", text)))
