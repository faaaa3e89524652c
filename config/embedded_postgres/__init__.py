"""A Django database backend that brings its own PostgreSQL.

The server's programs come from a wheel; this package only finds, starts and
stops them. `server.py` knows nothing of Django, `base.py` is the backend.
For demonstration, development and tests; production uses ``DATABASE_URL``.
"""
