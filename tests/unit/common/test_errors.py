import re

import testtools

from jumpgate.common import errors


def every():
    return {kind for kind in vars(errors).values()
            if isinstance(kind, type) and issubclass(kind, errors.Error)
            and not kind.__name__.startswith('_')}


class Errors(testtools.TestCase):

    def test_the_tree_in_the_docstring(self):
        told = {name: int(code) for name, code in re.findall(
            r'^ +([A-Z]\w+) +(\d{3})\b', errors.__doc__, re.MULTILINE)}
        self.assertEqual({kind.__name__: kind.code for kind in every()}, told)

    def test_each_has_words_of_its_own(self):
        for kind in every():
            self.assertTrue(kind.title and kind.message, kind)
            self.assertTrue(400 <= kind.code <= 599, kind)

    def test_message(self):
        self.assertEqual('gone fishing', errors.NotFound('gone fishing').message)
        self.assertEqual('gone fishing', str(errors.NotFound('gone fishing')))
        self.assertEqual(errors.NotFound.message, errors.NotFound().message)
        self.assertEqual('', errors.NotFound('').message)

    def test_kind(self):
        self.assertEqual('NetworkInUse', errors.Conflict(kind='NetworkInUse').kind)
        self.assertIsNone(errors.Conflict().kind)

    def test_marker(self):
        error = errors.MarkerNotFound('m-1')
        self.assertIsInstance(error, errors.Invalid)
        self.assertEqual('m-1', error.marker)
        self.assertIn('m-1', error.message)

    def test_headers(self):
        self.assertEqual((), errors.NotFound().headers)
        self.assertEqual((('Allow', 'GET, PUT'),), errors.MethodNotAllowed(['GET', 'PUT']).headers)
        self.assertEqual((('Content-Range', 'bytes */9'),),
                         errors.RangeNotSatisfiable(9).headers)
        for kind in (errors.RateLimited, errors.CloudUnavailable):
            self.assertEqual((('Retry-After', '1'),), kind().headers)
            self.assertEqual((('Retry-After', '30'),), kind('busy', retry_after=30).headers)

    def test_could_not_ask_is_never_not_found(self):
        for kind in (errors.BadGateway, errors.CloudUnavailable, errors.CloudTimeout,
                     errors.NotSupported):
            self.assertFalse(issubclass(kind, errors.NotFound))
