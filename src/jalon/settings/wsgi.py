"""What the web server runs."""

import os

from django.core.wsgi import get_wsgi_application

# The database and its journal are for the account of the service alone.
os.umask(0o077)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.settings.production")
application = get_wsgi_application()
