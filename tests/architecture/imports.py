"""The rooms of the package, and what each may import. `docs/architecture.rst` says it in words.

A module belongs to the first room whose pattern it matches. In patterns, ``<s>`` is one service,
the same in a room and in what it may import; ``<any>`` is any service, ``<x>`` one driver or cloud,
``models*`` is that module and all below it, ``common.*`` only what is below.
"""
SERVICES = ('identity', 'compute', 'image', 'volume', 'network', 'baremetal')

#: Modules of `common` that know neither HTTP nor policy nor JSON.
LEAVES = tuple(f'common.{name}' for name in (
    'errors', 'context', 'listing', 'versions', 'model', 'driver', 'formats'))

#: What a service may have besides the rooms that all of them have: identity's tokens, say.
OWN = '<s>.(?!models|driver|schemas|views|controllers|endpoints)[a-z_]+'

#: Room → what it may import besides the standard library and itself.
ROOMS = (
    ('common.(errors|context|listing|versions|model|driver|formats)', LEAVES),
    ('common.*', ('common.*',)),
    ('<s>.models*', ('common.model', 'common.driver', '<any>.models*')),
    ('<s>.driver*', ('<s>.models*', '<s>.driver*', 'common.driver', 'common.listing',
                     'common.context', 'common.errors')),
    ('<s>.schemas*', ('<s>.schemas*', 'common.schema', 'common.versions')),
    ('<s>.views*', ('<s>.views*', '<s>.models*', 'common.view*')),
    ('<s>.controllers*', (
        '<s>.controllers*', '<s>.schemas*', '<s>.views*', '<s>.models*', OWN, 'common.controller',
        'common.listing', 'common.errors', 'common.versions', 'common.context', 'common.driver',
        'common.formats', '<any>.models*', '<any>.driver*')),
    ('<s>.endpoints*', ('<s>.endpoints*', '<s>.controllers*', 'common.endpoints',
                        'common.operation')),
    ('<s>.drivers.openstack', ('common.passthrough*',)),
    ('<s>.drivers.<x>*', (
        '<s>.drivers.<x>*', '<any>.models*', '<any>.driver*', *LEAVES, 'common.blocking',
        'common.cache', 'clouds.<x>*', 'store*')),
    ('<s>', ('<s>.driver', '<s>.endpoints', 'common.service', 'common.versions', 'common.errors')),
    (OWN, (OWN, '<s>.models*', '<s>.driver*', 'common*', 'store*')),
    ('clouds.<x>*', ('clouds.<x>*', 'store*', 'common.errors', 'common.context', 'common.blocking',
                     'common.cache', 'common.model')),
    ('store*', ('store*', 'common.errors', 'common.context')),
    ('filters*', ('common.*', 'api', 'deploy')),
    ('config', ()),
    ('api', ('common*', 'config')),
    ('deploy', ('api', 'filters*', 'config', 'common.*')),
    ('wsgi', ('deploy', 'config')),
    ('cmd*', ('cmd*', 'deploy', 'api', 'store*', 'config', 'common.*')),
    ('(|common|clouds|<s>.drivers)', ()),
)

#: Third parties and the doors they come in by; what is missing here comes in nowhere.
DOORS = {
    'webob': ('common.http', 'common.passthrough*', 'filters*'),
    'routes': ('common.routing',),
    'jsonschema': ('common.schema',),
    'jsonschema_rs': ('common.schema',),
    'orjson': ('common.http',),
    'oslo_policy': ('common.policy',),
    'dogpile': ('common.cache',),
    'yaml': ('common.passthrough*',),
    'keystoneauth1': ('common.passthrough*',),
    'cryptography': ('identity.tokens', 'compute.controllers.keypairs'),
    'bcrypt': ('identity.drivers.sandbox*',),
    'SoftLayer': ('clouds.softlayer*', '<any>.drivers.sl*'),
    'requests': ('clouds.softlayer*',),
    'sqlalchemy': ('store*', 'clouds.sandbox*', '<any>.drivers.sandbox*'),
    'alembic': ('store*',),
    'msgspec': ('identity.tokens', 'clouds.sandbox*', '<any>.drivers.sandbox*', 'store*'),
    'paste': ('deploy',),
    'oslo_middleware': ('deploy',),
    'oslo_log': ('cmd*', 'config', 'wsgi'),
    'eventlet': ('cmd.worker',),
    'uwsgi': ('wsgi',),
    'oslo_utils': ('image.inspection',),
    'greenlet': ('cmd.serve', 'cmd.serve.*'),
    'prometheus_client': ('filters*', 'common.metrics'),
    # Everybody is handed a configuration object and may name its type; only `config` declares
    # options, which a test of its own holds.
    'oslo_config': ('*',),
}

#: (module, what it imports) → why it may all the same. One that is no longer needed fails too.
DEPARTURES: dict[tuple[str, str], str] = {
    ('cmd.check', 'sqlalchemy'): 'puts what is wrong with the database into words',
    ('cmd.clock', 'sqlalchemy'): 'puts what is wrong with the database into words',
    ('cmd.db', 'sqlalchemy'): 'puts what is wrong with the database into words',
    ('cmd.keys', 'identity.keys'): 'makes and rotates the token keys',
    ('cmd.prepare', 'identity.keys'): 'makes the token keys where nobody else did',
    ('identity.drivers.sandbox', 'identity.keys'): 'the first start makes the token keys too',
    ('image.drivers.sandbox.bootstrap', 'image.upload'): 'hashes the first images',
    ('image.drivers.sandbox.imports', 'image.upload'): 'hashes what an import fetches',
    ('identity.views.tokens', 'identity.catalog'): 'shows the catalog beside the token',
    ('identity.views.v2_0.tokens', 'identity.catalog'): 'shows the catalog beside the token',
}
