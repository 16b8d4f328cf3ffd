"""What the tests of mobilisation orders start from."""

import pytest

from gangmu.tasks.models import Mobilisation
from tests.cast import Cast, order_drafted


@pytest.fixture
def draft(cast: Cast) -> Mobilisation:
    return order_drafted(cast)
