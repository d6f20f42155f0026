"""Files fit on a few screens, functions on one."""

from .tree import ROOT, files, functions, modules

CODE = ("src/", "tests/", "evals/", "bench/", "docs/")
FILE_LINES = 400
FUNCTION_LINES = 50

LONG_FILES: dict[str, int] = {}
"""Files that are longer all the same, with the length each may not exceed. This list only ever gets shorter."""

LONG_FUNCTIONS: dict[str, int] = {}
"""Functions that are longer all the same, as "file:function"."""

WRITTEN_BY_HAND = {".py", ".css", ".js", ".html", ".xml", ".toml", ".md"}
NOT_CODE = ("src/octavo/data/", "tests/cases/", "docs/", "src/octavo/serve/static/vendor/")


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {
        name: len(path.read_bytes().splitlines())
        for path in files()
        if path.suffix in WRITTEN_BY_HAND
        and (name := path.relative_to(ROOT).as_posix()).startswith(CODE)
        and not (name.startswith(NOT_CODE) and path.suffix != ".py")
    }
    assert len(lengths) > 50
    assert {name: length for name, length in lengths.items() if length > LONG_FILES.get(name, FILE_LINES)} == {}
    assert {name for name in LONG_FILES if lengths.get(name, 0) <= FILE_LINES} == set(), "no longer long: strike out"


def test_no_function_is_longer_than_50_lines() -> None:
    lengths = {
        f"{module.path}:{function.name}": (function.end_lineno or function.lineno) - function.lineno + 1
        for module in modules(*CODE)
        for function in functions(module)
    }
    assert len(lengths) > 300
    too_long = {name: length for name, length in lengths.items() if length > LONG_FUNCTIONS.get(name, FUNCTION_LINES)}
    assert too_long == {}
    assert {name for name in LONG_FUNCTIONS if lengths.get(name, 0) <= FUNCTION_LINES} == set()


def test_most_functions_are_short() -> None:
    """The best code bases keep 95 of 100 functions below some 40 lines; so does this one."""
    lengths = sorted(
        (function.end_lineno or function.lineno) - function.lineno + 1
        for module in modules("src/")
        for function in functions(module)
    )
    assert lengths[int(len(lengths) * 0.95)] <= 40
