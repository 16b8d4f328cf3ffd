"""迎检包: asked for on a page, written by a job, with what the person may see and nothing else."""

import io
import zipfile
from datetime import timedelta

import docx
import pytest
from django.urls import reverse

from gangmu.common.errors import Invalid, NotAllowed
from gangmu.flow import bundle
from gangmu.jobs import queries, running
from gangmu.jobs.models import Job
from gangmu.meetings.models import Meeting
from gangmu.rules import store
from tests.cast import (
    DAY,
    Cast,
    directive_received,
    finding_raised,
    inspection_visited,
    meeting_final,
    plan_with_items,
    task_issued,
)

YEAR = {"start": "2026-01-01", "end": "2026-12-31"}


def filled(cast: Cast):
    planned = plan_with_items(cast)
    task_issued(cast, item=planned.mu)
    meeting_final(cast)
    meeting_final(cast, "theme_day", party_org=cast.branch1, by=cast.branch)
    directive_received(cast)
    finding_raised(cast, inspection_visited(cast, planned), planned)
    store.recheck()
    return planned


def packed(client, **asked) -> tuple[Job, zipfile.ZipFile | None]:
    response = client.post(reverse("pack"), YEAR | asked)
    assert response.status_code == 302, response.content.decode()
    job = running.carry_out(Job.objects.latest("pk").pk)
    return job, zipfile.ZipFile(queries.file_path(job)) if job.file else None


def texts(archive: zipfile.ZipFile, name: str) -> str:
    document = docx.Document(io.BytesIO(archive.read(name)))
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def test_a_stretch_of_time_has_an_index_records_ledgers_and_lamps(cast: Cast, sign_in):
    filled(cast)
    job, archive = packed(sign_in("party_office"))
    names = archive.namelist()
    assert job.state == "done" and job.file_name.endswith(".zip") and archive.testzip() is None
    assert {n.split("/")[0] for n in names} >= {"0目录.docx", "1会议", "3任务", "4督查", "5台账", "6体检"}
    index = texts(archive, "0目录.docx")
    assert all(name in index for name in names if name != "0目录.docx")
    lamps = texts(archive, "6体检/体检结论.docx")
    assert "条例" in lamps and ("原文已核" in lamps or "条次待核" in lamps)


def test_names_are_safe_on_every_system(cast: Cast, sign_in):
    planned = filled(cast)
    type(planned.mu).objects.filter(pk=planned.mu.pk).update(title="../../a:b*c?" + "长" * 180)
    task_issued(cast, item=planned.mu)
    _job, archive = packed(sign_in("party_office"), scope="item", key=planned.mu.pk)
    for name in archive.namelist():
        assert len(name) <= 120 and not set(name) & set(':*?"<>|\\') and ".." not in name.split("/")


def test_an_item_has_its_whole_way(cast: Cast, sign_in):
    planned = filled(cast)
    job, archive = packed(sign_in("party_office"), scope="item", key=planned.mu.pk)
    names = "\n".join(archive.namelist())
    assert planned.mu.title in names and "整理排口清单" in names and "年中联合督查" in names
    assert planned.mu.title in job.title


def test_a_branch_has_its_meetings_and_its_lamps(cast: Cast, sign_in):
    filled(cast)
    _job, archive = packed(sign_in("party_office"), scope="branch", key=cast.branch1.pk)
    names = archive.namelist()
    assert any("主题党日" in n for n in names) and not any("党组会" in n for n in names)
    assert "第一党支部" in texts(archive, "6体检/体检结论.docx")


def test_a_rule_has_what_was_counted_and_its_article(cast: Cast, sign_in):
    filled(cast)
    _job, archive = packed(sign_in("party_office"), scope="rule", key="BRANCH-THEME-DAY")
    names = archive.namelist()
    assert any("主题党日" in n for n in names) and not any(n.startswith("3任务") for n in names)
    assert "条例" in texts(archive, "0目录.docx")


def test_only_what_the_person_may_see_is_in_it(cast: Cast, sign_in):
    filled(cast)
    _job, archive = packed(sign_in("staff"))
    names = "\n".join(archive.namelist())
    assert "主题党日" in names and "党组会" not in names, "the party group's minutes are not for the staff"
    _job, archive = packed(sign_in("head6"))
    assert "主题党日" not in "\n".join(archive.namelist())


def test_where_there_is_nothing_one_is_told(cast: Cast, sign_in):
    filled(cast)
    job, archive = packed(sign_in("outsider"))
    assert archive is None and job.state == "failed" and "没有您能看的记录" in job.message


def test_the_county_has_its_own_lamps_and_nothing_of_the_city(cast: Cast, sign_in):
    filled(cast)
    _job, archive = packed(sign_in("county_office"))
    said = "".join(texts(archive, n) for n in archive.namelist() if n.endswith("docx")) + "".join(
        archive.namelist()
    )
    assert "临川县院党支部" in said
    assert not [w for w in ("第一党支部", "党组会 第", "年中联合督查", "整理排口清单", "江州") if w in said]


@pytest.mark.parametrize("who", ["outsider", "county_office"])
def test_what_is_out_of_reach_is_as_if_it_were_not_there(cast: Cast, sign_in, who):
    filled(cast)
    planned = plan_with_items(cast, year=2027)
    for scope, key in (
        ("item", planned.mu.pk),
        ("branch", cast.branch1.pk),
        ("item", "x"),
        ("branch", "9" * 30),
    ):
        assert sign_in(who).post(reverse("pack"), YEAR | {"scope": scope, "key": key}).status_code == 404


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"start": "2026-12-31", "end": "2026-01-01"}, "写反了"), ({"start": "2000-01-01"}, "最多三年"), ({"start": ""}, "写从哪天起"),
        ({"end": "2026-02-30"}, "没有这一天"), ({"scope": "rule", "key": "NO-SUCH"}, "没有这条规定"), ({"scope": "x"}, "不知道要做哪一种"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_its_place_and_starts_nothing(cast: Cast, sign_in, asked, says):
    response = sign_in("party_office").post(reverse("pack"), YEAR | asked)
    assert response.status_code == 422 and says in response.content.decode()
    assert not Job.objects.exists()


def test_rights_are_looked_at_again_when_the_job_runs(cast: Cast):
    filled(cast)
    with pytest.raises(NotAllowed):
        bundle.gather(scope="branch", key=str(cast.branch2.pk), start=DAY, end=DAY, by=cast.staff)
    with pytest.raises(Invalid):
        bundle.gather(scope="period", key="", start=DAY, end=DAY - timedelta(days=1), by=cast.staff)


def test_only_so_many_records_are_in_memory_at_once(cast: Cast, django_assert_max_num_queries):
    meeting_final(cast)
    rows = Meeting.objects.all()
    for _n in range(24):
        meeting_final(cast)
    with django_assert_max_num_queries(1 + 3):
        assert len(list(bundle.each(rows, "kind", size=10))) == 25


def test_a_double_click_makes_one_pack(cast: Cast, sign_in):
    filled(cast)
    client = sign_in("party_office")
    for _n in range(2):
        client.post(reverse("pack"), YEAR)
    assert Job.objects.count() == 1


@pytest.mark.parametrize(("page", "scope"), [("item", "item"), ("branch", "branch")])
def test_the_button_stands_on_the_page_it_is_about(cast: Cast, sign_in, page, scope):
    planned = filled(cast)
    pk = planned.mu.pk if page == "item" else cast.branch1.pk
    html = sign_in("party_office").get(reverse(page, args=[pk])).content.decode()
    assert f'name="scope" value="{scope}"' in html and f'name="key" value="{pk}"' in html
