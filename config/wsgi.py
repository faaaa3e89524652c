"""The door for web servers. What is served is production unless the environment says otherwise."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from config.memory import keep_startup

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("VARIORUM_PROCESS", "web")
os.environ.setdefault("DEBUG", "0")

application = get_wsgi_application()

# The views too, which the first request would load.
_ = get_resolver().url_patterns
keep_startup()
