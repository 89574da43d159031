import testtools

from jumpgate.common.passthrough.address import Address, split


class ParseTest(testtools.TestCase):

    def test_the_version_and_all_below_it_go(self):
        for url, root in (
                ('http://cloud:8774', 'http://cloud:8774'),
                ('http://cloud:8774/', 'http://cloud:8774'),
                ('http://cloud:8774/v2.1', 'http://cloud:8774'),
                ('https://cloud/compute/v2.1/', 'https://cloud/compute'),
                ('http://cloud:8776/v3/$(project_id)s', 'http://cloud:8776'),
                ('http://cloud:8776/v3/0f1e2d', 'http://cloud:8776'),
                ('http://cloud/a/b/%(tenant_id)s', 'http://cloud/a/b'),
                ('http://cloud/vault/v1', 'http://cloud/vault'),
                ('https://cloud:443/x', 'https://cloud/x'),
                ('http://[::1]:5000/v3', 'http://[::1]:5000'),
                ('http://[::1]', 'http://[::1]')):
            self.assertEqual(root, Address.parse(url).url)

    def test_parts(self):
        self.assertEqual(Address('https', '::1', 443, '/x'), Address.parse('https://[::1]/x/v2'))
        self.assertEqual('[::1]', Address.parse('https://[::1]/x').authority)
        self.assertEqual('cloud:80', Address.parse('https://cloud:80').authority)

    def test_what_is_no_root(self):
        for url in ('', 'cloud:8774', 'ftp://cloud', 'http://', 'http://cloud:x',
                    'http://user:secret@cloud', 'http://cloud/?a=b', 'http://cloud/#x',
                    'http://[::1'):
            self.assertRaises(ValueError, Address.parse, url)


class SplitTest(testtools.TestCase):

    def test_both_parts_make_the_url(self):
        for root, tail in (('http://cloud:8774', '/v2.1/'), ('http://cloud', ''),
                           ('http://cloud/volume', '/v3/6f0c?x=/y'), ('http://cloud', '/'),
                           ('http://cloud', '//x'), ('http://cloud', '/v1?next=http://x/v2')):
            self.assertEqual((root, tail), split(root + tail))
