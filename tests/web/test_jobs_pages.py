"""后台事项: the page that says how far it is, and the file."""

from django.urls import reverse

from gangmu.jobs import running
from gangmu.jobs.actions import runs
from gangmu.jobs.models import Job
from tests.cast import Cast, job_asked, job_done


def page(client, name: str, *args, **more) -> str:
    return client.get(reverse(name, args=args), **more).content.decode()


def test_an_open_job_asks_again_by_itself_with_and_without_script(sign_in, cast: Cast):
    job = job_asked(cast)
    text = page(sign_in("party_office"), "job", job.pk)
    assert "排队中" in text and 'hx-trigger="every 1s"' in text and 'http-equiv="refresh"' in text


def test_only_the_part_that_changes_is_sent_to_htmx(sign_in, cast: Cast):
    runs.begin(job=job_asked(cast), by=cast.party_office)
    text = page(sign_in("party_office"), "job", Job.objects.get().pk, headers={"HX-Request": "true"})
    assert "办理中" in text and "<html" not in text


def test_a_job_that_is_done_offers_its_file_and_asks_no_more(sign_in, cast: Cast):
    client = sign_in("party_office")
    job = job_done(cast)
    text = page(client, "job", job.pk)
    assert "下载《清单.txt》" in text and "every 1s" not in text
    answer = client.get(reverse("job_file", args=[job.pk]))
    assert b"".join(answer.streaming_content).decode() == "一\n二\n"
    assert "attachment" in answer["Content-Disposition"]


def test_a_failure_says_why(sign_in, cast: Cast):
    job = running.carry_out(job_asked(cast, trouble="refuse").pk)
    assert "这里没有可写的。" in page(sign_in("party_office"), "job", job.pk)
    assert "这里没有可写的。" in page(sign_in("party_office"), "job_list")


def test_a_job_that_nobody_takes_says_so(sign_in, cast: Cast):
    job = job_asked(cast)
    Job.objects.update(asked_at="2026-06-10T00:00:00Z")
    assert "后台程序可能没有运行" in page(sign_in("party_office"), "job", job.pk)


def test_a_cleared_file_is_not_there(sign_in, cast: Cast):
    job = job_done(cast)
    Job.objects.update(file="")
    client = sign_in("party_office")
    assert "文件已经清理" in page(client, "job", job.pk)
    assert client.get(reverse("job_file", args=[job.pk])).status_code == 404


def test_the_list_costs_the_same_for_thirty(sign_in, cast: Cast, django_assert_max_num_queries):
    for n in range(31):
        running.carry_out(job_asked(cast, lines=[str(n)]).pk)
    client = sign_in("party_office")
    with django_assert_max_num_queries(8):
        assert page(client, "job_list").count("写清单") == 30
