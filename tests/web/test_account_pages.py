"""Signing in and out: the sentence for a wrong password, the lock after five, the way back to where one was going."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from gangmu.org.models import User
from tests.cast import PASSWORD, Cast


@pytest.fixture
def people(cast: Cast) -> Cast:
    return cast


def enter(client: Client, username: str = "head8", password: str = PASSWORD, **more: str):
    address = reverse("sign_in") + (f"?next={more.pop('next')}" if "next" in more else "")
    return client.post(address, {"username": username, "password": password} | more)


def signed_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def test_the_right_password_opens_home(client, people):
    answer = enter(client)
    assert answer.url == reverse("home") and signed_in(client)
    assert "江照野" in client.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("username", "password"), [("head8", "wrong-password"), ("nobody", PASSWORD), ("HEAD8", PASSWORD)]
)
def test_a_wrong_password_is_said_in_chinese_and_not_which_half(client, people, username, password):
    answer = enter(client, username, password)
    text = answer.content.decode()
    assert answer.status_code == 200 and not signed_in(client)
    alert = text[text.index('role="alert"') :].split("</div>")[0]
    assert "用户名" in alert and "密码" in alert and "Please" not in text and password not in text


@pytest.mark.parametrize("field", ["username", "password"])
def test_an_empty_field_is_said_at_its_place(client, people, field):
    answer = enter(client, **{field: ""})
    text = answer.content.decode()
    at_field = text[text.index(f'name="{field}"') :].split('<div class="gm-field">')[0]
    assert "gm-err" in at_field and "This field" not in text and not signed_in(client)


def test_after_five_wrong_passwords_the_right_one_is_locked_out_too(client, people):
    answers = [enter(client, password=f"wrong-password-{n}") for n in range(5)]
    assert [a.status_code for a in answers[:4]] == [200] * 4
    locked = enter(client)
    assert locked.status_code == 429 and not signed_in(client)
    assert "连续输错5次" in locked.content.decode() and "<h1" in locked.content.decode()
    assert enter(client, "head6").status_code == 302, "others at the same desk are not locked out"


def test_a_right_password_takes_the_count_back(client, people):
    for _round in range(2):
        for n in range(4):
            enter(client, password=f"wrong-password-{n}")
        assert enter(client).status_code == 302
        client.post(reverse("sign_out"))


def test_an_account_that_is_switched_off_stays_out(client, people):
    User.objects.filter(username="head8").update(is_active=False)
    assert enter(client).status_code == 200 and not signed_in(client)


def test_one_comes_to_where_one_was_going(client, people):
    wanted = reverse("task_list") + "?view=late"
    refused = client.get(wanted)
    assert refused.url.startswith(reverse("sign_in") + "?next=")
    assert client.post(refused.url, {"username": "head8", "password": PASSWORD}).url == wanted


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/", "javascript:alert(1)"])
def test_the_way_back_never_leads_elsewhere(client, people, elsewhere):
    assert enter(client, next=elsewhere).url == reverse("home")


def test_signing_out_is_a_post(client, people):
    enter(client)
    assert client.get(reverse("sign_out")).status_code == 405 and signed_in(client)
    assert client.post(reverse("sign_out")).url == reverse("sign_in") and not signed_in(client)
    assert client.get(reverse("home")).url.startswith(reverse("sign_in"))


def test_who_is_signed_in_is_not_asked_again(client, people):
    enter(client)
    assert client.get(reverse("sign_in")).url == reverse("home")


def test_a_form_without_its_token_is_refused_in_words(people):
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("sign_in"), {"username": "head8", "password": PASSWORD})
    assert answer.status_code == 403 and "这一页开得太久，这次提交没有存下" in answer.content.decode()
    assert not signed_in(client)


def test_pages_are_not_framed_and_load_nothing_from_elsewhere(client, people):
    answer = client.get(reverse("sign_in"))
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY" and answer["X-Content-Type-Options"] == "nosniff"
