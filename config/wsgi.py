"""The door for web servers. What is served is production unless the environment says otherwise."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("VARIORUM_PROCESS", "web")
os.environ.setdefault("DEBUG", "0")

application = get_wsgi_application()
