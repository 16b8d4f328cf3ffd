"""Accounts. What an account may do follows from the person's posts; only the three administrators are granted."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.org.models.person import Person
from gangmu.org.models.unit import Unit


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


class User(AbstractBaseUser):
    username = models.CharField(_("用户名"), max_length=60, unique=True)
    person = models.OneToOneField(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="user"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="users")
    is_active = models.BooleanField(_("启用"), default=True)

    objects = UserManager()
    USERNAME_FIELD = "username"

    class Meta:
        verbose_name = _("账号")

    def __str__(self) -> str:
        return self.username


class AdminGrant(models.Model):
    """System, security or audit administrator (三员): one account holds at most one of the three."""

    class Role(models.TextChoices):
        SYSTEM = "system_admin", _("系统管理员")
        SECURITY = "security_admin", _("安全管理员")
        AUDIT = "audit_admin", _("审计管理员")

    user = models.OneToOneField(
        User,
        on_delete=models.CASCADE,
        related_name="admin_grant",
        error_messages={"unique": _("三员分立：一个账号只能担任其中一员。")},
    )
    role = models.CharField(_("管理员"), max_length=20, choices=Role.choices)
