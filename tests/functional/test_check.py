"""``jumpgate check`` says what is wrong and what to change."""
import argparse
import http.server
import io
import os
import socket
import threading

import fixtures
import testtools

from jumpgate.cmd import check


class CheckTest(testtools.TestCase):

    def setUp(self):
        super().setUp()
        self.folder = self.useFixture(fixtures.TempDir()).path
        self.useFixture(fixtures.PythonPathEntry(self.folder))
        self.useFixture(fixtures.MonkeyPatch('sys.dont_write_bytecode', True))
        with socket.socket() as probe:
            probe.bind(('127.0.0.1', 0))
            self.port = probe.getsockname()[1]

    def problems(self, config='', paste=None, name='jumpgate.conf'):
        path = os.path.join(self.folder, name)
        with open(path, 'w') as file:
            file.write(f'[DEFAULT]\nstate_dir = {self.folder}/state\n'
                       f'[server]\nport = {self.port}\n{config}')
        paste_path = None
        if paste is not None:
            paste_path = os.path.join(self.folder, 'paste.ini')
            with open(paste_path, 'w') as file:
                file.write(paste)
        return [str(problem) for problem in check.find_problems(path, paste_path)]

    def assertProblem(self, expected, *args, **kwargs):
        found = self.problems(*args, **kwargs)
        self.assertTrue(any(expected in problem for problem in found), found)

    def write_module(self, name, text):
        with open(os.path.join(self.folder, f'{name}.py'), 'w') as file:
            file.write(text)

    def test_a_configuration_file_that_is_not_there(self):
        found = list(check.find_problems(os.path.join(self.folder, 'nope.conf')))
        self.assertIn('nope.conf is not there', str(found[0]))

    def test_a_configuration_file_that_is_none(self):
        self.assertProblem('cannot be read', 'no section and no option here\n')

    def test_a_value_of_the_wrong_kind(self):
        self.assertProblem('max_json_body', '[api]\nmax_json_body = many\n')

    def test_an_option_that_is_a_slip(self):
        self.assertProblem('[api] has no option max_json_boby; did you mean max_json_body?',
                           '[api]\nmax_json_boby = 5000\n')
        self.assertEqual([], [problem for problem in self.problems('[acme]\nkey = secret\n')
                              if 'acme' in problem])

    def test_an_unknown_driver(self):
        self.assertProblem('error: [compute] driver = acme.compute: there is no such module',
                           '[compute]\ndriver = acme.compute\n')

    def test_a_driver_that_lacks_a_module_of_its_own(self):
        self.write_module('check_needy', 'import check_not_installed\n')
        self.assertProblem('needs the module check_not_installed',
                           '[compute]\ndriver = check_needy\n')

    def test_a_module_without_setup_routes(self):
        self.write_module('check_empty', '')
        self.assertProblem('no function setup_routes(app, disp)',
                           '[compute]\ndriver = check_empty\n')

    def test_a_driver_that_fails_at_its_import(self):
        self.write_module('check_broken', '1 / 0\n')
        self.assertProblem('importing it fails: ZeroDivisionError',
                           '[compute]\ndriver = check_broken\n')

    def test_a_driver_that_sets_an_unknown_endpoint(self):
        self.write_module('check_typo', (
            'class H:\n    def on_get(self, req, resp): pass\n'
            'def setup_routes(app, disp): disp.set_handler("v2_serfers", H())\n'))
        self.assertProblem('compute has no endpoint v2_serfers',
                           '[compute]\ndriver = check_typo\n')

    def test_no_service_at_all(self):
        self.assertProblem('no service has a driver', '[identity]\ndriver =\n[image]\ndriver =\n')

    def test_an_unknown_filter(self):
        self.assertProblem('names the filter typo, but there is no section [filter:typo]',
                           paste='[pipeline:compute]\npipeline = typo app\n[app:app]\n')

    def test_a_filter_that_cannot_be_loaded(self):
        self.assertProblem('names nowhere:factory', paste=(
            '[filter:x]\npaste.filter_factory = nowhere:factory\n'))

    def test_a_pipeline_without_auth(self):
        self.assertProblem('warning', paste='[pipeline:compute]\npipeline = app\n[app:app]\n')

    def test_a_paste_file_that_is_not_there(self):
        self.assertProblem('was not found', '[DEFAULT]\npaste_config = nope.ini\n')

    def test_an_upstream_that_cannot_be_reached(self):
        self.assertProblem('cannot be reached',
                           f'[openstack]\nidentity_endpoint = http://127.0.0.1:{self.port}\n')

    def test_an_upstream_that_is_something_else(self):
        class Page(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(404 if self.path == '/gone/' else 200)
                self.send_header('Content-Type', 'text/html')
                self.end_headers()

            def log_message(self, *args):
                pass

        server = http.server.HTTPServer(('127.0.0.1', 0), Page)
        self.addCleanup(server.server_close)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        self.addCleanup(server.shutdown)
        url = f'http://127.0.0.1:{server.server_port}'
        self.assertProblem('is no OpenStack service', f'[openstack]\ncompute_endpoint = {url}\n')
        self.assertProblem('answers 404', f'[openstack]\ncompute_endpoint = {url}/gone\n')

    def test_a_port_in_use(self):
        taken = socket.socket()
        self.addCleanup(taken.close)
        taken.bind(('127.0.0.1', 0))
        taken.listen()
        self.port = taken.getsockname()[1]
        self.assertProblem(f'port {self.port} on 127.0.0.1 is in use')

    def keys(self, mode=0o700, key_mode=0o600, names=('0', '1')):
        folder = os.path.join(self.folder, 'state', 'fernet-keys')
        os.makedirs(folder, exist_ok=True)
        os.chmod(folder, mode)
        for name in names:
            path = os.path.join(folder, name)
            with open(path, 'w') as file:
                file.write('x' * 44)
            os.chmod(path, key_mode)
        return folder

    def test_missing_keys_are_no_obstacle_since_serve_makes_them(self):
        self.assertProblem('warning: there are no token keys')

    def test_a_key_folder_without_keys(self):
        self.keys(names=())
        self.assertProblem('holds no token keys')

    def test_keys_that_others_can_read(self):
        folder = self.keys(key_mode=0o644)
        self.assertProblem(f'run "chmod 0600 {folder}/0"')
        folder = self.keys(mode=0o755)
        self.assertProblem(f'run "chmod 0700 {folder}"')

    def test_the_exit_status_tells_whether_it_could_start(self):
        for driver, status in (('acme', 1), ('', 0)):
            self.problems(f'[compute]\ndriver = {driver}\n', name=f'status-{status}.conf')
            self.keys()
            out = io.StringIO()
            with fixtures.MonkeyPatch('sys.stdout', out):
                self.assertEqual(status, check.run(argparse.Namespace(
                    config_file=os.path.join(self.folder, f'status-{status}.conf'),
                    paste_config=None)), out.getvalue())
