"""Sphinx: `tox -e docs` builds the pages, and takes warnings as errors."""
project = 'Jumpgate'
copyright = 'Jumpgate developers'
extensions: list[str] = []
exclude_patterns = ['_build']
html_theme = 'alabaster'
