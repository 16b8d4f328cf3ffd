"""Every rule has a file of scenarios: it holds, it fails, it does not apply, and what is not counted and why."""

from collections import Counter

import pytest

from gangmu.common import clock
from gangmu.rules import registry, store
from gangmu.rules.engine import Frequency, Span
from gangmu.rules.models import Verdict
from gangmu.rules.registry import Rule
from tests.cast import Cast
from tests.rules import run
from tests.rules.run import Scenario


@pytest.mark.parametrize("scenario", run.every(), ids=str)
def test_the_lamp_says_what_the_scenario_says(cast: Cast, scenario: Scenario):
    run.live(cast, scenario)
    rule, subject = registry.get(scenario.rule), run.subject_id(cast, scenario.subject)
    with clock.at(scenario.today):
        store.recheck()
        spans = {s.key: s for s in store.spans(rule, scenario.today)}
        facts = store.explain(rule, subject, spans[scenario.period])
        _records_add_up(rule, spans)
    verdict = Verdict.objects.filter(rule=rule.id, subject_id=subject, period=scenario.period).first()
    if scenario.lamp == "none":
        assert verdict is None
        return
    assert verdict is not None
    assert (verdict.lamp, verdict.value, verdict.expected, bool(verdict.excused)) == (
        scenario.lamp, scenario.value, scenario.expected, scenario.excused,
    )  # fmt: skip
    assert Counter(f.why for f in facts if not f.counts) == scenario.not_counted
    assert verdict.subject_kind == rule.subject_kind


def _records_add_up(rule: Rule, spans: dict[str, Span]) -> None:
    """What the lamp page lists under every figure of the rule is what the figure was counted from."""
    for verdict in Verdict.objects.filter(rule=rule.id):
        facts = store.explain(rule, verdict.subject_id, spans[verdict.period])
        counted = sum(f.counts for f in facts)
        if isinstance(rule.shape, Frequency):
            assert (verdict.value, verdict.breaches) == (counted, 0)
        else:
            assert verdict.value + verdict.breaches == verdict.expected == counted
        assert all(rule.record.objects.filter(pk=f.record_id).exists() for f in facts)
        assert {f.why for f in facts if not f.counts} <= rule.why.keys(), "a code without words"


def test_every_rule_has_its_file():
    named = {file.stem: {s.rule for s in run.read(file)} for file in run.FOLDER.glob("*.toml")}
    assert named == {rule.id: {rule.id} for rule in registry.every()}


@pytest.mark.parametrize("rule", [r.id for r in registry.every()])
def test_every_file_tells_all_sides(rule):
    found = run.read(run.FOLDER / f"{rule}.toml")
    red = registry.get(rule).breach
    assert {s.lamp for s in found} >= {"ok", red, "na"}
    assert any(s.not_counted for s in found)
    assert any(s.excused for s in found)
    told = {code for s in found for code in s.not_counted}
    used = set(registry.get(rule).why) - UNUSED.get(rule, set())
    assert told == used, "a way of not counting without a scenario"


# Words that a rule shares with its theme and never gives.
PARTY_GROUP = {"PG-MEETING-MONTHLY": {"topic"}, "PG-QUORUM-HALF": {"topic"}, "ORG-MC-ATTEND": {"topic"}}
UNUSED = PARTY_GROUP | {"PG-VOTE-PASS": {"topic", "called_off"}, "BRANCH-ASSEMBLY-QUORUM": {"other"}}


def test_hard_rules_may_be_red_others_at_most_amber():
    for scenario in run.every():
        hard = registry.get(scenario.rule).strength == registry.HARD
        assert scenario.lamp != "bad" or hard, scenario
