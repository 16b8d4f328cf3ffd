"""What the documents say is so."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from gangmu.cli.commands import catalogue

pytestmark = pytest.mark.pure
ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
TERMS = re.findall(r"^\| [^|]+ \| `([^`]+)` \|", GLOSSARY, re.M)
ROOMS = {"events", "org", "rules", "plan", "meetings", "tasks", "inspection", "jobs", "party_life", "review"}


@pytest.mark.parametrize("term", TERMS)
def test_every_identifier_of_the_glossary_exists(term):
    room, model, *rest = term.split(".")
    found = apps.get_model(room, model)
    for name in rest:
        found = getattr(found, name)
    assert found is not None


def test_every_model_stands_in_the_glossary():
    models = {
        f"{m._meta.app_label}.{m.__name__}"
        for m in apps.get_models()
        if m._meta.app_label in ROOMS and not m._meta.auto_created
    }
    assert models - {".".join(t.split(".")[:2]) for t in TERMS} == set()


def test_the_page_of_rules_is_the_catalogue():
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == "\n".join(catalogue())


def test_every_command_of_the_readme_is_in_the_makefile():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    asked = set(re.findall(r"\bmake ([a-z-]+)", readme))
    assert asked and asked <= targets


@pytest.mark.parametrize("page", ["story.md", "map.md"])
def test_every_file_a_page_names_exists(page):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    named = re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|html|toml))", text)
    assert named
    missing = [n for n in named if not ((ROOT / "gangmu" / n).exists() or (ROOT / n).exists())]
    assert missing == []


def test_no_document_names_a_path_of_some_machine():
    for file in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        assert not re.search(r"(?<![\w.])/(?:home|root|work|tmp)/", file.read_text(encoding="utf-8")), file
