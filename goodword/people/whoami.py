"""Who is signed in, with their type: for views behind a door that has already asked."""

from django.http import HttpRequest

from goodword.people.models import Person


def me(request: HttpRequest) -> Person:
    """Return the person signed in. Raises TypeError where a view forgot its door."""
    if not isinstance(request.user, Person):
        raise TypeError("this view needs a door that asks who is there")
    return request.user
