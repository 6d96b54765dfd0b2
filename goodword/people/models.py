"""People and businesses: who somebody is, before any relationship."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from goodword.ground.addresses import tidy_address
from goodword.ground.keys import new_id, new_key
from goodword.ground.moments import DEFAULT_ZONE
from goodword.ground.names import first_of
from goodword.ground.numbers import country_of
from goodword.people.browsers import browser_words


class Business(models.Model):
    """What somebody works at: a firm, a practice, a charity."""

    scope: ClassVar[str] = "reference"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=22, default=new_key, unique=True, editable=False)
    name = models.CharField(max_length=200, blank=True)
    trade = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=200, blank=True)
    about = models.TextField(blank=True)


class PersonManager(BaseUserManager["Person"]):
    """Finding and making people by their address."""

    def at(self, address: str, name: str = "") -> Person:
        """Return the person with this e-mail address, made now if nobody had it. Raises nothing; addresses are tidied."""
        known = self.having(address)
        if known is None:
            known, _made = self.get_or_create(email=tidy_address(address), defaults={"name": name, "password": "!"})
        return known

    def having(self, address: str) -> Person | None:
        """Return the person whose address this is, the main one or another they have proven."""
        address = tidy_address(address)
        main = self.filter(email=address).first()
        return main or self.filter(emailaddress__email=address, emailaddress__verified=True).first()


class Person(AbstractBaseUser):
    """Somebody who can sign in. Nobody needs a password."""

    scope: ClassVar[str] = "reference"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=22, default=new_key, unique=True, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200, blank=True)
    called = models.CharField(max_length=60, blank=True)  # what people call them, where their name does not tell
    phone = models.CharField(max_length=60, blank=True)
    business = models.ForeignKey(Business, on_delete=models.SET_NULL, null=True, related_name="+")
    zone = models.CharField(max_length=60, default=DEFAULT_ZONE)
    zone_said_at = models.DateTimeField(null=True)  # until then it is the browser's
    language = models.CharField(max_length=12, blank=True)  # until they have said, their browser's
    scheme = models.CharField(max_length=5, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    # By their own clock: between which hours letters wait, and at which those come that gather. None: no such wish.
    quiet_from = models.PositiveSmallIntegerField(null=True)
    quiet_until = models.PositiveSmallIntegerField(null=True)
    gathered_at = models.PositiveSmallIntegerField(null=True)
    promise_read_at = models.DateTimeField(null=True)  # when they read who sees what they keep private

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[PersonManager] = PersonManager()

    def __str__(self) -> str:
        return f"person {self.key}"

    @property
    def mailable(self) -> bool:
        """Whether a letter can reach them: nothing leaves for .localhost (RFC 6761), where a new house's first account is."""
        return not self.email.endswith(".localhost")

    @property
    def country(self) -> str:
        """The country they write from, as two letters: their telephone's, else their clock's."""
        return country_of(self.zone, self.phone)

    @property
    def first_name(self) -> str:
        """The name a colleague would use."""
        return self.called or first_of(self.name) or self.email.partition("@")[0]


class SignInKey(models.Model):
    """A link and a code mailed to one address: both work once, for ten minutes; only hashes are kept."""

    scope: ClassVar[str] = "local"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    address = models.EmailField(max_length=254)
    letter = models.CharField(max_length=20, default="sign-in")  # the kind that carries it
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    next_url = models.CharField(max_length=500, blank=True)
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
    cookie_hash = models.CharField(max_length=40, db_column="kept_as")
    browser = models.CharField(max_length=200, blank=True)
    began_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "cookie_hash"], name="session_once")]

    @property
    def browser_words(self) -> str:
        """Browser and device in plain words."""
        return browser_words(self.browser)


class KnownBrowser(models.Model):
    """One browser in which a person has signed in before, named by the hash of a cookie: another one is told of by mail."""

    scope: ClassVar[str] = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    cookie_hash = models.CharField(max_length=40, db_column="kept_as")
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "cookie_hash"], name="browser_once")]


class RateCounter(models.Model):
    """How often something was asked for in its window; the asker is kept as a hash."""

    scope: ClassVar[str] = "local"

    name = models.CharField(primary_key=True, max_length=80)
    count = models.PositiveIntegerField()
    until = models.DateTimeField()


class Submission(models.Model):
    """A form that was sent and acted on: by its hash alone, with where it led, so that sending it again does nothing more."""

    scope: ClassVar[str] = "local"

    name = models.CharField(primary_key=True, max_length=64)
    next_url = models.CharField(max_length=2000, blank=True, db_column="way_on")
    made_at = models.DateTimeField(db_index=True)
