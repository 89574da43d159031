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

    def test_in_another_request(self):
        values = {field.name: f'any {field.name}'
                  for field in dataclasses.fields(RequestContext)}
        context = RequestContext(**values)
        other = context.in_request('req-2', 'req-global')
        self.assertEqual(RequestContext(**{
            **values, 'request_id': 'req-2', 'global_request_id': 'req-global'}), other)
        self.assertEqual('any request_id', context.request_id)

    def test_policy_credentials(self):
        credentials = RequestContext(user_id='u', project_id='p', roles=('a', 'b'), token='geheim',
                                     system_scope='all').policy_credentials()
        self.assertEqual(('u', 'p', 'p', ['a', 'b'], 'all'), tuple(
            credentials[name] for name in ('user_id', 'project_id', 'tenant_id', 'roles',
                                           'system_scope')))
        self.assertNotIn('geheim', repr(credentials))
