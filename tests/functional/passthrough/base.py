"""A gateway in this process in front of a scripted upstream."""
import io
import urllib.parse

import testtools
import webob

from tests.fixtures.pipeline import Pipeline
from tests.fixtures.scripted_upstream import ScriptedUpstream

SERVICES = ('identity', 'compute', 'image', 'volume', 'network', 'baremetal')


def drivers(**chosen):
    """The configuration of these services, the others off; `True` is the passthrough."""
    named = dict.fromkeys(SERVICES, '') | {
        name: f'jumpgate.{name}.drivers.openstack' if driver is True else driver
        for name, driver in chosen.items()}
    return ''.join(f'[{name}]\ndriver = {driver}\n' for name, driver in named.items())


class PassthroughTest(testtools.TestCase):
    """Every service is passed through to one scripted upstream.

    :cvar options: further lines of ``[openstack]``
    :cvar path: of the endpoints
    """

    options = ''
    path = ''

    def start(self, *answers, options='', config=None, endpoints=SERVICES, **upstream):
        self.upstream = self.useFixture(ScriptedUpstream(*answers, **upstream))
        self.pipeline = self.useFixture(Pipeline(
            config if config is not None else self.config(endpoints, options)))
        self.slept = []
        cloud = self.pipeline.gateway.openstack
        object.__setattr__(cloud.patience, 'sleep', self.slept.append)

    def config(self, endpoints, options):
        services = drivers(**dict.fromkeys(SERVICES, True))
        urls = ''.join(f'{name}_endpoint = {self.upstream.url}{self.path}\n' for name in endpoints)
        return f'{services}[openstack]\ntokens = forward\n{urls}{self.options}{options}'

    def ask(self, verb, target, body=None, headers=(), **env):
        """One request with its target as it is; returns WebOb's response, its body unread."""
        path, _, query = target.partition('?')
        req = webob.Request.blank('/')
        req.method = verb
        req.environ.update(RAW_PATH_INFO=path, QUERY_STRING=query, HTTP_HOST='gate:5000',
                           PATH_INFO=urllib.parse.unquote(path, encoding='latin-1'))
        if body is not None:
            req.environ['wsgi.input'] = io.BytesIO(body)
            req.environ['CONTENT_LENGTH'] = str(len(body))
        for name, value in dict(headers).items():
            req.environ['HTTP_' + name.upper().replace('-', '_')] = value
        req.environ.update(env)
        return req.get_response(self.pipeline.app)

    @property
    def received(self):
        """The last request that the upstream got."""
        return self.upstream.requests[-1]
