"""``jumpgate endpoints``."""
import argparse
import io
import json
import pathlib
import sys

import docutils.core
import fixtures
import testtools

from jumpgate import config
from jumpgate.cmd import endpoints

DRIVER = '''
class Index:
    def on_get(self, req, resp):
        resp.body = {}


def setup_routes(app, disp):
    disp.set_handler('v2_servers', Index())
'''


class EndpointsTest(testtools.TestCase):

    def setUp(self):
        super().setUp()
        self.folder = pathlib.Path(self.useFixture(fixtures.TempDir()).path)
        self.useFixture(fixtures.PythonPathEntry(str(self.folder)))
        (self.folder / 'endpoints_test_driver.py').write_text(DRIVER)
        self.addCleanup(sys.modules.pop, 'endpoints_test_driver', None)
        self.config = self.folder / 'jumpgate.conf'
        self.config.write_text('[identity]\ndriver =\n[compute]\ndriver = endpoints_test_driver\n')

    def ask(self, *options):
        parser = argparse.ArgumentParser()
        endpoints.add_parser(parser.add_subparsers())
        args = parser.parse_args(['endpoints', '--config-file', str(self.config), *options])
        out, err = io.StringIO(), io.StringIO()
        with fixtures.MonkeyPatch('sys.stdout', out), fixtures.MonkeyPatch('sys.stderr', err):
            code = endpoints.run(args)
        return code, out.getvalue(), err.getvalue()

    def test_the_table_says_who_answers_and_counts(self):
        code, text, _ = self.ask('--service', 'compute')
        self.assertEqual(0, code)
        lines = text.splitlines()
        found = [line.split() for line in lines if line.startswith('compute:v2_servers ')]
        path = '/v2/{tenant_id}/servers'
        self.assertEqual([
            ['compute:v2_servers', 'GET', '-', 'handler', 'current', path],
            ['compute:v2_servers', 'HEAD', '-', 'handler', 'current', path],
            ['compute:v2_servers', 'POST', '-', 'none', 'current', path]], found)
        # 233 verbs of which 8 are actions' URLs, 64 actions, and the handler's HEAD
        self.assertEqual('compute (nova): 149 endpoints, 290 verbs and actions: '
                         '2 handler, 0 driver, 0 upstream, 288 none', lines[-1])

    def test_actions_are_lines_of_their_own(self):
        _, text, _ = self.ask('--service', 'compute')
        self.assertIn(['compute:v2_server_action', 'POST', 'os-start', 'none', 'current',
                       '/v2/{tenant_id}/servers/{server_id}/action'],
                      [line.split() for line in text.splitlines()])

    def test_every_service_even_those_that_are_off(self):
        code, text, _ = self.ask('--format', 'json')
        self.assertEqual(0, code)
        services = json.loads(text)
        self.assertEqual(['identity', 'compute', 'image', 'volume', 'network', 'baremetal'],
                         list(services))
        self.assertEqual([True], [each['enabled'] for name, each in services.items()
                                  if name == 'compute'])
        self.assertFalse(services['identity']['enabled'])
        self.assertEqual({'handler': 0, 'driver': 0, 'upstream': 0, 'none': 436},
                         services['identity']['operations'])

    def test_json_lines(self):
        _, text, _ = self.ask('--service', 'compute', '--format', 'json', '--source', 'handler')
        compute = json.loads(text)['compute']
        self.assertEqual({
            'name': 'v2_servers', 'path': '/v2/{tenant_id}/servers', 'verb': 'GET',
            'action': None, 'source': 'handler', 'status': 'current',
            'summary': 'List servers', 'since': None, 'until': None}, compute['coverage'][0])
        self.assertEqual({'GET', 'HEAD'}, {line['verb'] for line in compute['coverage']})

    def test_windows_are_told(self):
        _, text, _ = self.ask('--service', 'compute', '--format', 'json')
        windows = {(line['name'], line['verb']): (line['since'], line['until'])
                   for line in json.loads(text)['compute']['coverage']}
        self.assertEqual(('2.11', '2.52'), windows['v21_os_services_force_down', 'PUT'])
        self.assertEqual((None, None), windows['v2_servers', 'GET'])

    def test_unused_leaves_out_what_somebody_answers_in_part(self):
        _, text, _ = self.ask('--service', 'compute', '--unused')
        self.assertNotIn('compute:v2_servers ', text)
        self.assertIn('compute:v2_servers_detail ', text)
        self.assertIn('compute (nova): 148 endpoints', text)

    def test_a_page_for_the_documentation(self):
        _, text, _ = self.ask('--format', 'rst')
        html = docutils.core.publish_string(
            text, writer_name='html5', settings_overrides={'halt_level': 2, 'report_level': 1})
        self.assertIn(b'handler: GET, HEAD; none: POST', html)

    def test_the_page_of_the_documentation_is_up_to_date(self):
        found = endpoints.reports(config.load(''), config.SERVICES)
        page = pathlib.Path(__file__).parents[3] / 'docs' / 'endpoints.rst'
        self.assertEqual(
            page.read_text(), endpoints.rst(found) + '\n',
            'docs/endpoints.rst is out of date; "make endpoints-page" writes it')

    def test_a_driver_that_cannot_work_is_told_in_words(self):
        self.config.write_text('[identity]\ndriver =\n[compute]\ndriver = no_such_module_at_all\n')
        code, out, err = self.ask()
        self.assertEqual((1, ''), (code, out))
        self.assertIn('no_such_module_at_all: there is no such module', err)

    def test_a_configuration_that_is_not_there(self):
        self.config.unlink()
        code, _, err = self.ask()
        self.assertEqual(1, code)
        self.assertIn('jumpgate.conf', err)
