"""From a paper to a preview: names, vague units, hints of the unit, old formats by a job."""

import pytest

from gangmu.common.errors import Invalid
from gangmu.flow import reading
from gangmu.jobs import running
from gangmu.jobs.actions import jobs
from gangmu.plan.actions import items
from gangmu.plan.models import Plan, PlanItem, ReadingHint
from tests.cast import Cast, recorded

HEAD = "江州市人民检察院{year}年工作要点\n一、检察业务工作\n"
LISTED = "（一）办好公益诉讼案件。清排口。责任单位：第八检察部、第六检察部。完成时限：{year}年9月底前。\n"


def read(cast: Cast, body: str = LISTED, year: int = 2027) -> Plan:
    text = (HEAD + body).format(year=year)
    return reading.import_plan(
        data=text.encode(), name="要点.txt", unit=cast.unit, year=year, by=cast.party_office
    )


def task(plan: Plan) -> PlanItem:
    return plan.items.filter(is_task=True).first()


def co(item: PlanItem) -> list[str]:
    return [c.department.name for c in item.co_departments.all()]


def test_who_is_listed_first_is_proposed_as_lead(cast: Cast):
    item = task(read(cast))
    assert item.lead_department is None and co(item) == ["第八检察部", "第六检察部"]
    assert [(g["why"], g["value"]) for g in item.guesses] == [("position", cast.d8.pk)]
    item = items.accept_guesses(item=item, by=cast.party_office)
    assert item.lead_department == cast.d8 and co(item) == ["第六检察部"]


def test_vague_units_are_kept_apart_and_are_no_department(cast: Cast):
    item = task(read(cast, "（一）建强先锋岗。牵头部门：机关党委。责任单位：各支部、各部门、第六检察部。\n"))
    assert item.selectors == ["各支部", "各部门"]
    assert (item.lead_department, co(item)) == (cast.party, ["第六检察部"])
    assert not [g for g in item.guesses if g["why"] == "unknown"]


def test_a_correction_of_the_label_is_used_the_next_time_and_said(cast: Cast):
    reading.say_responsible(plan=read(cast), means="first_leads", remember=True, by=cast.party_office)
    item = task(read(cast, year=2028))
    assert item.lead_department == cast.d8 and co(item) == ["第六检察部"]
    assert [(g["field"], g["why"]) for g in item.guesses] == [("lead", "hint")]
    assert "按上次的更正" in item.guesses[0]["text"]


def test_the_other_meaning_as_well(cast: Cast):
    reading.say_responsible(plan=read(cast), means="co_units", remember=True, by=cast.party_office)
    item = task(read(cast, year=2028))
    assert item.lead_department is None and co(item) == ["第八检察部", "第六检察部"]
    assert [(g["why"], "value" in g) for g in item.guesses] == [("hint", False)]


def test_what_is_not_to_be_remembered_is_not(cast: Cast):
    reading.say_responsible(plan=read(cast), means="first_leads", remember=False, by=cast.party_office)
    assert not ReadingHint.objects.exists()
    assert task(read(cast, year=2028)).lead_department is None


NAMED = "（一）办好公益诉讼案件。清排口。牵头部门：检委办。\n"


def test_a_name_explained_once_is_known_the_next_time(cast: Cast):
    plan = read(cast, NAMED)
    assert task(plan).guesses[-1]["names"] == ["检委办"]
    with recorded("plan.name_unit", "org.remember_alias"):
        reading.say_unit(
            plan=plan, name="检委办", department=cast.support, remember=True, by=cast.party_office
        )
    assert task(read(cast, NAMED, 2028)).lead_department == cast.support


def test_nothing_is_remembered_of_a_step_that_is_refused(cast: Cast):
    reading.say_unit(
        plan=read(cast, NAMED), name="检委办", department=cast.support, remember=True, by=cast.party_office
    )
    plan = read(cast, NAMED.replace("检委办", "检务办、检委办"), 2028)
    with pytest.raises(Invalid):
        reading.say_unit(plan=plan, name="检委办", department=cast.d6, remember=True, by=cast.party_office)
    assert cast.d6.pk not in [task(plan).lead_department_id]


def test_the_next_unit_knows_nothing_of_it(cast: Cast):
    reading.say_responsible(plan=read(cast), means="first_leads", remember=True, by=cast.party_office)
    assert reading.lookup_of(cast.county.pk).hints == {}


def test_a_note_is_read_as_any_item_when_it_is_taken_in(cast: Cast):
    plan = read(cast)
    note = plan.paragraphs.create(
        no=99,
        text="3.抓好释法说理。面向群众宣讲。牵头部门：第六检察部。完成时限：2027年6月底前。",
        fate="note",
    )
    item = reading.take_in(paragraph=note, by=cast.party_office)
    assert (item.title, item.lead_department, str(item.due_on)) == ("抓好释法说理", cast.d6, "2027-06-30")


# ---- old formats ----

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def test_an_old_word_file_is_slow_and_others_are_not(monkeypatch):
    monkeypatch.setattr(reading.office, "available", lambda: "/usr/bin/soffice")
    assert reading.slow(OLD, "要点.doc") and reading.slow(OLD, "要点.wps")
    assert not reading.slow(HEAD.encode(), "要点.txt")


def test_without_libreoffice_that_is_said_at_once(monkeypatch):
    monkeypatch.setattr(reading.office, "available", lambda: None)
    with pytest.raises(Invalid, match="LibreOffice"):
        reading.slow(OLD, "要点.doc")


def start(cast: Cast, data: bytes, **more: object):
    params = {"name": "要点.txt", "unit": cast.unit.pk, "year": 2027, "of": 0} | more
    return jobs.start(kind="papers.import", title="读要点", params=params, upload=data, by=cast.party_office)


def test_the_job_leads_on_to_the_preview(cast: Cast):
    job = running.carry_out(start(cast, (HEAD + LISTED).format(year=2027).encode()).pk)
    plan = Plan.objects.get()
    assert (job.state, job.link, job.upload) == ("done", ["paper", plan.pk], "")


def test_or_beside_the_plan_that_the_paper_revises(cast: Cast):
    base = read(cast)
    job = running.carry_out(start(cast, (HEAD + LISTED + "\n").format(year=2027).encode(), of=base.pk).pk)
    assert job.link == ["paper_compare", Plan.objects.exclude(pk=base.pk).get().pk, base.pk]


def test_what_cannot_be_read_is_the_jobs_message_and_nothing_is_kept(cast: Cast):
    job = running.carry_out(start(cast, "没有事项".encode()).pk)
    assert job.state == "failed" and "没有存下任何内容" in job.message and not Plan.objects.exists()
