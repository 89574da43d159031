from unittest import mock

import fixtures
import testtools

from jumpgate.common import errors
from jumpgate.common.passthrough import tokens


class _Plugin:
    """A keystoneauth1 plugin that makes a new token whenever it was told to forget the last."""

    def __init__(self):
        self.asked = 0
        self._number = 1

    def get_token(self, session):
        self.asked += 1
        return f'token-{self._number}'

    def invalidate(self):
        self._number += 1


class ServiceTokensTest(testtools.TestCase):

    def setUp(self):
        super().setUp()
        self.plugin = _Plugin()
        with mock.patch('keystoneauth1.identity.v3.Password', return_value=self.plugin):
            self.tokens = tokens.ServiceTokens(
                {'ours': tokens.Credential('theirs', {'username': 'u', 'password': 'p'})},
                'http://localhost/v3', verify=True, cert=None, timeout=1)
        self.now = 1000.0
        self.useFixture(fixtures.MonkeyPatch(
            'jumpgate.common.passthrough.tokens.time', mock.Mock(monotonic=lambda: self.now)))

    def test_asks_again_only_after_a_while(self):
        for _ in range(3):
            self.assertEqual('token-1', self.tokens.token('ours'))
        self.assertEqual(1, self.plugin.asked)
        self.now += 11
        self.assertEqual('token-1', self.tokens.token('ours'))
        self.assertEqual(2, self.plugin.asked)

    def test_a_refused_token_is_not_given_out_again(self):
        self.tokens.token('ours')
        self.tokens.forget('ours')
        self.assertEqual('token-2', self.tokens.token('ours'))

    def test_a_project_without_a_counterpart(self):
        self.tokens.token('ours')
        for project in ('theirs', '', None):
            self.assertRaises(errors.Forbidden, self.tokens.token, project)
