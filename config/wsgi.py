"""What the web server loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# A page makes thousands of things, and all but a few go as it is done, without Python's search for cycles. By default it searches
# each time seven hundred are at hand, and now and then everything that was ever loaded, for a tenth of a second. So: what is loaded
# here is not searched again, and the rest a few times a minute.
get_resolver().url_patterns  # noqa: B018 - loads every page
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
