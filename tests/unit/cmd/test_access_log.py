import logging
import types

import testtools

from jumpgate.cmd import access_log


class Recorder(logging.Handler):
    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


def environ(path='/v3', query='', **more):
    return {'REQUEST_METHOD': 'GET', 'RAW_PATH_INFO': path, 'QUERY_STRING': query,
            'REMOTE_ADDR': '10.0.0.1', **more}


class TargetTest(testtools.TestCase):

    def test_what_holds_no_secret_is_left_as_it_was_sent(self):
        for path, query in (('/compute/v2.1/servers', ''), ('/a%2Fb', 'name=a%20b&x'),
                            ('/v3/auth/tokens', ''), ('/v2.0/tokens', 'a'),
                            ('/image/v2/images', 'marker=abc&limit=2')):
            whole = f'{path}?{query}' if query else path
            self.assertEqual(whole, access_log.target(environ(path, query)))

    def test_tokens_in_paths(self):
        for path, shown in (
                ('/v2.0/tokens/gAAAA', '/v2.0/tokens/***'),
                ('/v2.0/tokens/gAAAA/endpoints', '/v2.0/tokens/***/endpoints'),
                ('/v2.0/%74okens/gAA%20A', '/v2.0/tokens/***'),
                ('/v2.0%2Ftokens%2Fg', '/v2.0/tokens/***'),
                ('/compute/os-console-auth-tokens/g', '/compute/os-console-auth-tokens/***'),
                ('/%0A/tokens/g', '/%0A/tokens/***')):
            self.assertEqual(shown, access_log.target(environ(path)))

    def test_secrets_in_queries(self):
        for query, shown in (('token=abc&a=b', 'token=***&a=b'),
                             ('a=b&X-Auth-TOKEN=c', 'a=b&X-Auth-TOKEN=***'),
                             ('sort_key=a&code=b', 'sort_key=a&code=***'),
                             ('temp_url_signature=abc', 'temp_url_signature=***'),
                             ('user_password=x&y', 'user_password=***&y'),
                             ('pass%77ord=x', 'pass%77ord=***')):
            self.assertEqual(f'/?{shown}', access_log.target(environ('/', query)))


class AccessLogTest(testtools.TestCase):

    def make(self, batch):
        logger = logging.Logger('access')
        self.handler = Recorder()
        logger.addHandler(self.handler)
        self.scheduled = []
        return access_log.AccessLog(logger, lambda *args: self.scheduled.append(args), batch=batch)

    def test_a_line(self):
        context = types.SimpleNamespace(user_id='u', project_id=None)
        self.make(False).log(environ('/v3', 'a', **{
            'jumpgate.context': context, 'openstack.request_id': 'req-1'}), 200, 12, 0.5)
        self.assertEqual(['10.0.0.1 [req-1 u -] "GET /v3?a" status: 200 len: 12 time: 0.500000'],
                         self.handler.lines)
        self.assertEqual([], self.scheduled)

    def test_lines_wait_for_each_other(self):
        log = self.make(True)
        for _ in range(3):
            log.log(environ(), 200, 0, 0.0)
        self.assertEqual([], self.handler.lines)
        (delay, flush), = self.scheduled
        self.assertEqual(access_log.DELAY, delay)
        flush()
        self.assertEqual(3, len(self.handler.lines[0].splitlines()))
        self.assertRegex(self.handler.lines[0],
                         r'^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} 10\.0\.0\.1 \[- - -\] ')
        flush()
        self.assertEqual(1, len(self.handler.lines))

    def test_but_not_too_many(self):
        log = self.make(True)
        for _ in range(1200):
            log.log(environ(), 200, 0, 0.0)
        self.assertEqual([500, 500], [len(text.splitlines()) for text in self.handler.lines])
