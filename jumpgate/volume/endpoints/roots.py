"""The roots that Cinder serves, or served, its APIs under."""


V3 = ('/v3/{tenant_id}', '/v3')
V2 = ('/v2/{tenant_id}',)
V1 = ('/v1/{tenant_id}',)
