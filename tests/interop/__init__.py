"""Tempest against a served gateway: ``make interop``. `docs/interop.rst` says how it is used.

What the modules do, in the order of a run: `lists` chooses the tests, `gateway` serves a sandbox,
`cloud` asks it what it has, `discovery` turns the answers into tempest.conf, `tempest` runs the
tests, `outcomes` collects what became of each, `report` puts it into words and compares it with
what is expected.
"""
