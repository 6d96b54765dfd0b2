"""People and businesses: who somebody is, before any relationship."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from goodword.ground.keys import new_id, new_key
from goodword.ground.moments import DEFAULT_ZONE
from goodword.ground.text import tidy_address


class Business(models.Model):
    """What somebody works at: a firm, a practice, a charity."""

    scope: ClassVar[str] = "reference"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=22, default=new_key, unique=True, editable=False)
    name = models.CharField(max_length=200, blank=True)
    trade = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=200, blank=True)
    about = models.TextField(blank=True)


class People(BaseUserManager["Person"]):
    """Finding and making people by their address."""

    def at(self, address: str, name: str = "") -> Person:
        """Return the person with this e-mail address, made now if nobody had it. Raises nothing; addresses are tidied."""
        person, _made = self.get_or_create(email=tidy_address(address), defaults={"name": name, "password": "!"})
        return person


class Person(AbstractBaseUser):
    """Somebody who can sign in. Nobody needs a password (UX 13)."""

    scope: ClassVar[str] = "reference"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=22, default=new_key, unique=True, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    business = models.ForeignKey(Business, on_delete=models.SET_NULL, null=True, related_name="+")
    zone = models.CharField(max_length=60, default=DEFAULT_ZONE)
    scheme = models.CharField(max_length=5, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[People] = People()

    def __str__(self) -> str:
        return f"person {self.key}"

    @property
    def first_name(self) -> str:
        """The name a colleague would use."""
        return self.name.split(" ")[0] or self.email.partition("@")[0]


class SignInKey(models.Model):
    """A link and a code mailed to one address: both work once, for ten minutes; only hashes are kept."""

    scope: ClassVar[str] = "local"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    address = models.EmailField(max_length=254)
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    way_on = models.CharField(max_length=500, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["address", "expires_at"], name="sign_in_by_address")]


class OpenSession(models.Model):
    """One browser in which a person is signed in, so that they can see and end it. Named by the hash of its cookie."""

    scope: ClassVar[str] = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=22, default=new_key, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kept_as = models.CharField(max_length=40)
    browser = models.CharField(max_length=200, blank=True)
    began_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kept_as"], name="session_once")]


class Tally(models.Model):
    """How often something was asked for in its window; the asker is kept as a hash."""

    scope: ClassVar[str] = "local"

    name = models.CharField(primary_key=True, max_length=80)
    count = models.PositiveIntegerField()
    until = models.DateTimeField()
