"""The office's own Word templates: taken in when they are fit, retired when they are no longer wanted."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid, WrongState
from gangmu.common.models import lock, save
from gangmu.events.log import record
from gangmu.org.actor import Actor
from gangmu.org.models import PaperTemplate, Person, Unit
from gangmu.org.policies import keep_template
from gangmu.papers import template as papers


@transaction.atomic
def upload(*, unit: Unit, kind: str, name: str, data: bytes, by: Actor) -> PaperTemplate:
    """A new version, used from now on. Raises ``Invalid`` at ``file`` when it is not fit to be filled."""
    unit = lock(unit)
    row = PaperTemplate(unit=unit, kind=kind, name=name[-120:], data=data, uploaded_on=clock.today())
    keep_template.require(by, row)
    try:
        papers.check(data, kind)
    except papers.Unfit as no:
        raise Invalid(str(no), field="file") from no
    last = PaperTemplate.objects.filter(unit=unit, kind=kind).aggregate(last=Max("version"))["last"]
    row.version = (last or 0) + 1
    row.uploaded_by = Person.objects.get(pk=by.person_id or 0)
    save(row)
    after = {"kind": kind, "version": row.version, "file": row.name}
    record("org.upload_template", row, by=by, unit_id=unit.pk, after=after)
    return row


@transaction.atomic
def retire(*, template: PaperTemplate, by: Actor) -> PaperTemplate:
    """Not used any more: the version before it is, else the layout of the standard."""
    template = lock(template)
    keep_template.require(by, template)
    if template.retired_on:
        raise WrongState(_("这一版模板已经停用了，不用再停一次。"))
    template.retired_on = clock.today()
    save(template, "retired_on")
    record("org.retire_template", template, by=by, unit_id=template.unit_id)
    return template
