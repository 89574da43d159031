"""The roots that Nova serves its API under.

A row that needs a microversion above 2.1 is not on the legacy roots, which know none.
"""


#: Every root; URLs are built with the first whose variables are known.
ALL = ('/v2/{tenant_id}', '/v2.1/{tenant_id}', '/v2.1', '/v2')

#: The roots of rows that need a microversion.
CURRENT = ('/v2.1/{tenant_id}', '/v2.1')

#: Those without and with a project, for rows that the original told apart.
BARE = ('/v2', '/v2.1')
TENANT = ('/v2/{tenant_id}', '/v2.1/{tenant_id}')

#: Frozen at 2.1: a version header does not count here.
LEGACY = ('/v2/{tenant_id}', '/v2')
