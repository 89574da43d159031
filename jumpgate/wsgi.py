"""``jumpgate.wsgi:application`` for mod_wsgi, uWSGI, gunicorn and their like.

The environment says what to load: ``JUMPGATE_CONFIG`` the configuration file, and
``JUMPGATE_PASTE_APP`` the section of the Paste Deploy file (``main``).
"""
from __future__ import annotations

import os

from jumpgate import deploy

application = deploy.load_app(name=os.environ.get('JUMPGATE_PASTE_APP', 'main'))
