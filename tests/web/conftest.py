"""What every test of a page starts from."""

import pytest

from tests.cast import Cast


@pytest.fixture
def sign_in(client, cast: Cast, settings):
    """``sign_in("head8")`` gives a client signed in as that member of the cast."""

    def _in(who: str):
        client.force_login(cast.users[who], backend=settings.AUTHENTICATION_BACKENDS[-1])
        return client

    return _in
