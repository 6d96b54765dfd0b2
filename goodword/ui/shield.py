"""What every answer carries, and what is turned away before any view runs."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
LARGEST = 2_000_000  # bytes of one request (T54)
LARGER = (  # where files are sent; what is larger than the page takes gets its sentence there
    (re.compile(r"/profile/files"), 8_000_000),
    (re.compile(r"/r/[^/]+/alone/signed"), 8_000_000),
    (re.compile(r"/settings/bring-along"), 64_000_000),
)
# Our own forms send nothing else; Python knows a hundred more, some of which are no text at all.
CHARSETS = {"utf-8", "utf8"}
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Other hosts learn nothing; our own forms keep the Origin header that the CSRF check needs.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # for browsers that know no frame-ancestors
    "X-Robots-Tag": "noindex, nofollow",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}


class Shield:
    """Middleware: security headers, no caching of pages, and refusal of requests made by other sites (T31, T45, T49, T50)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or turn it away."""
        answer = refusal_of(request) or self.get_response(request)
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        if settings.SECURE_HSTS_SECONDS:
            answer.headers.setdefault("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}")
        if not request.path.startswith("/static/") or answer.status_code not in (200, 304):
            # no-store also keeps private pages out of the browser's back/forward cache (T14).
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer


def largest_at(path: str) -> int:
    """Return how many bytes a request to an address may have."""
    return next((most for pattern, most in LARGER if pattern.fullmatch(path)), LARGEST)


def refusal_of(request: HttpRequest) -> HttpResponse | None:
    """Return a refusal for a request of another site's page, one too large, in odd letters or with null bytes; otherwise None."""
    site = request.headers.get("Sec-Fetch-Site", "none")
    navigation = request.method in ("GET", "HEAD") and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    if site == "cross-site" and not navigation:
        return HttpResponse("Requests from other sites are not answered.", status=403, content_type="text/plain")
    length = request.META.get("CONTENT_LENGTH", "")
    if length.isdecimal() and int(length[:12]) > largest_at(request.path):
        return HttpResponse("That is more than this page can take.", status=413, content_type="text/plain")
    if (request.content_params or {}).get("charset", "utf-8").strip("\"' ").lower() not in CHARSETS:
        return HttpResponse("Send what you write as UTF-8.", status=415, content_type="text/plain")
    cookies = "".join(request.COOKIES.values())
    if "\x00" in request.path + cookies or "%00" in request.META.get("QUERY_STRING", ""):
        return HttpResponse(
            "That address has a character in it that cannot be used.", status=400, content_type="text/plain"
        )
    return None
