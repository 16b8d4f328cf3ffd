"""What every form shares."""

import pytest
from django import forms

from gangmu.org.models import Department
from gangmu.web.forms import Form


class Pick(Form):
    must = forms.ModelChoiceField(Department.objects.none())
    may = forms.ModelChoiceField(Department.objects.none(), required=False)
    said = forms.ModelChoiceField(Department.objects.none(), required=False, empty_label="先不定")
    first = forms.ModelChoiceField(Department.objects.none(), empty_label=None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "words"), [("must", ["请选择"]), ("may", ["不选"]), ("said", ["先不定"]), ("first", [])]
)
def test_nothing_chosen_is_said_in_words(name, words):
    assert [str(label) for _value, label in Pick()[name].field.widget.choices] == words
