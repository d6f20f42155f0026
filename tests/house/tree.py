"""What the house rules look at: the project's files and the modules of Octavo."""

import ast
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
PACKAGE = SOURCE / "octavo"
DOCS = ROOT / "docs"

_CACHES = {".git", ".venv", "__pycache__", "node_modules", "build", "dist", "octavo-data", "gallery"}


@dataclass(frozen=True)
class Module:
    """One Python file: where it lies (from the project's root), its text, and its tree."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax, read when first asked for: most rules look at names and text alone."""
        return ast.parse(self.text, filename=self.path)

    @property
    def name(self) -> str:
        """Its dotted name below `octavo`, such as `collect.robots`; the path of a file outside the package."""
        if not self.path.startswith("src/octavo/"):
            return self.path
        return self.path.removeprefix("src/octavo/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def purpose(self) -> str:
        """The first line of its docstring."""
        return (ast.get_docstring(self.tree) or "").partition("\n")[0]


@cache
def files() -> list[Path]:
    """Every file git tracks or would track; without git, every file outside caches."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    if listed.returncode == 0:
        found = [ROOT / os.fsdecode(name) for name in listed.stdout.split(b"\x00") if name]
    else:
        found = [Path(folder) / name for folder, _, names in _walk() for name in names]
    return sorted(path for path in found if path.is_file() and not path.is_symlink())


def _walk() -> Iterator[tuple[str, list[str], list[str]]]:
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in _CACHES and not name.startswith(".")]
        yield folder, folders, names


def modules(*folders: str) -> list[Module]:
    """Every Python file below these folders, such as `src/octavo`, or `src/octavo/store`."""
    found = [path for path in files() if path.suffix == ".py" and path.relative_to(ROOT).as_posix().startswith(folders)]
    return [_module(path) for path in found]


@cache
def _module(path: Path) -> Module:
    return Module(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module, nested ones too."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
