"""What the web server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

# The database and its journal are for the account of the service alone.
os.umask(0o077)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.settings.production")
application = get_wsgi_application()

# Code and settings live as long as the process: the collector need not walk them at each page.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
