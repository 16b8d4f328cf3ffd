"""The office's own Word templates, one line of versions for each kind of paper."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.org.models.person import Person
from gangmu.org.models.unit import Unit
from gangmu.papers.kinds import KINDS


class PaperTemplate(models.Model):
    """An upload is a new version and nothing is overwritten; the newest that is not retired is used."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="paper_templates")
    kind = models.CharField(_("公文"), max_length=20, choices=[(k.code, _(k.name)) for k in KINDS.values()])
    version = models.PositiveSmallIntegerField(_("版次"))
    name = models.CharField(_("文件名"), max_length=120)
    data = models.BinaryField()
    uploaded_on = models.DateField(_("上传日期"))
    uploaded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="paper_templates", verbose_name=_("上传人")
    )
    retired_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        ordering = ["kind", "-version"]
        verbose_name = _("公文模板")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "version"],
                name="template_version",
                violation_error_message=_("有人同时上传了这种公文的模板。请刷新页面看过以后再传。"),
            )
        ]

    def __str__(self) -> str:
        return _("%(kind)s模板第%(n)s版") % {"kind": self.get_kind_display(), "n": self.version}
