"""Signing in by user name and password; the person and unit come with the account in one query."""

from django.contrib.auth.backends import ModelBackend

from gangmu.org.models import User


class Backend(ModelBackend):
    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("person", "unit").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
