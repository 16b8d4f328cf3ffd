"""What import-linter cannot see: where foreign keys point, how actions are written, how long things are."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

pytestmark = pytest.mark.pure
ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "gangmu"
FILES = [f for f in sorted(HOUSE.rglob("*.py")) if "migrations" not in f.parts]


def layers() -> dict[str, int]:
    """Room → height, from the contract in pyproject.toml; the lowest is 0."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    stack = next(c for c in contracts if c["id"] == "rooms")["layers"]
    return {
        name.strip(" ()"): height for height, row in enumerate(reversed(stack)) for name in row.split("|")
    }


def our_models() -> list[type]:
    return [m for m in apps.get_models() if m.__module__.startswith("gangmu.")]


def room(model: type) -> str:
    return model.__module__.split(".")[1]


def test_there_is_something_to_look_at():
    assert len(our_models()) > 25 and len(FILES) > 80
    assert layers()["common"] == 0 and layers()["web"] > layers()["flow"] > layers()["plan"]


def test_foreign_keys_point_down_the_stack():
    height = layers()
    wrong = [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model in our_models()
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if field.related_model
        and field.related_model.__module__.startswith("gangmu.")
        and (
            height[room(field.related_model)] > height[room(model)]
            or (
                height[room(field.related_model)] == height[room(model)]
                and room(field.related_model) != room(model)
            )
        )
    ]
    assert wrong == []


def test_events_have_no_foreign_keys():
    event = apps.get_model("events", "Event")
    assert [f.name for f in event._meta.get_fields() if f.is_relation and not f.auto_created] == []


def test_no_relation_to_just_anything():
    generic = [
        f"{m.__name__}.{f.name}"
        for m in our_models()
        for f in [*m._meta.get_fields(), *m._meta.private_fields]
        if type(f).__name__.startswith("Generic") or getattr(f.related_model, "__name__", "") == "ContentType"
    ]
    assert generic == []


def functions(file: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_function_is_longer_than_a_screen():
    long = [
        f"{file.relative_to(ROOT)}:{f.name} {f.end_lineno - f.lineno + 1}"
        for file in FILES
        for f in functions(file)
        if f.end_lineno - f.lineno + 1 > 60
    ]
    assert long == []


def test_no_file_is_longer_than_one_head_holds():
    assert [str(f.relative_to(ROOT)) for f in FILES if len(f.read_text().splitlines()) > 600] == []


ACTIONS = [
    f
    for f in FILES
    if ("actions" in f.parts or f.name == "actions.py" or f == HOUSE / "flow" / "steps.py")
    and f.name != "__init__.py"
]
HELPERS = {
    "require_manager": "asks a permission and writes nothing",
    "end_posts": "a part of who leaves and who goes",
}


@cache
def actions() -> list[tuple[Path, ast.FunctionDef]]:
    return [
        (file, node)
        for file in ACTIONS
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.name not in HELPERS
    ]


def records(file: Path, action: ast.FunctionDef) -> bool:
    """Calls ``record``, an action of its own file, or one of another action module (``tasks.issue``)."""
    names = {f.name for _file, f in actions()} - {action.name}
    own = {f.name for f_file, f in actions() if f_file == file} - {action.name} | {"record"}
    modules = {f.stem for f in ACTIONS}
    for node in ast.walk(action):
        if isinstance(node, ast.Call):
            module, _, name = ast.unparse(node.func).rpartition(".")
            if (not module and name in own) or (module in modules and name in names | {action.name}):
                return True
    return False


def test_every_action_is_atomic_takes_keywords_and_says_by_whom():
    assert len(actions()) > 45
    wrong = [
        f"{file.relative_to(ROOT)}:{f.name}"
        for file, f in actions()
        if "transaction.atomic" not in [ast.unparse(d) for d in f.decorator_list]
        or f.args.args or f.args.posonlyargs or f.args.vararg
        or "by" not in [a.arg for a in f.args.kwonlyargs]
    ]  # fmt: skip
    assert wrong == []


def test_every_action_leaves_an_event():
    """Itself, or through an action it calls."""
    assert [f"{file.stem}.{f.name}" for file, f in actions() if not records(file, f)] == []


def test_every_action_tells_what_it_is_for():
    steps = [f"{file.stem}.{f.name}" for file, f in actions() if not ast.get_docstring(f)]
    assert [s for s in steps if s not in UNTOLD] == []


UNTOLD = {"units.add_department", "units.found_party_org"}  # their names say it


def test_nothing_is_saved_from_a_page():
    """Writes go through actions; a view, a form or a template helper never stores a row of a room."""
    writes = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "select_for_update"}
    wrong = []
    for file in FILES:
        if file.relative_to(HOUSE).parts[0] != "web":
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                place = ast.unparse(node.func)
                if node.func.attr in writes or place.endswith(
                    (".objects.create", ".objects.update", ".save")
                ):
                    wrong.append(f"{file.relative_to(ROOT)}:{node.lineno} {place}")
    assert wrong == []


def test_rows_are_saved_through_the_one_check():
    """In actions ``save(obj)`` from common checks fields and constraints first; ``obj.save()`` would not."""
    wrong = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in ACTIONS
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "save"
    ]
    assert wrong == []
