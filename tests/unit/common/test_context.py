import dataclasses

import testtools

from jumpgate.common.context import ANONYMOUS, RequestContext


class Contexts(testtools.TestCase):

    def test_anonymous(self):
        self.assertTrue(ANONYMOUS.is_anonymous)
        self.assertEqual((), ANONYMOUS.roles)
        self.assertFalse(RequestContext(user_id='u').is_anonymous)

    def test_secrets_stay_out_of_the_log(self):
        text = repr(RequestContext(user_id='u', token='geheim', credential={'key': 'geheim'}))
        self.assertIn("'u'", text)
        self.assertNotIn('geheim', text)

    def test_frozen(self):
        self.assertRaises(dataclasses.FrozenInstanceError, setattr, ANONYMOUS, 'user_id', 'x')

    def test_policy_credentials(self):
        credentials = RequestContext(user_id='u', project_id='p', roles=('a', 'b'), token='geheim',
                                     system_scope='all').policy_credentials()
        self.assertEqual(('u', 'p', 'p', ['a', 'b'], 'all'), tuple(
            credentials[name] for name in ('user_id', 'project_id', 'tenant_id', 'roles',
                                           'system_scope')))
        self.assertNotIn('geheim', repr(credentials))
