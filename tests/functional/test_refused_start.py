"""``jumpgate serve`` does not start where it could not work, and says what to change."""
import os

import fixtures
import testtools

from jumpgate.cmd import check
from tests.fixtures.gateway import Gateway


class RefusedStartTest(testtools.TestCase):

    def refused(self, config, arguments=()):
        """What serve printed, which holds what check finds."""
        gateway = self.useFixture(Gateway(config, wait=None, arguments=arguments))
        self.assertEqual(1, gateway.process.wait(60), gateway.log)
        self.assertNotIn('Traceback', gateway.log)
        with_paste = arguments[1] if arguments else None
        fatal = [str(problem) for problem in check.find_problems(gateway.config_file, with_paste)
                 if problem.fatal]
        self.assertNotEqual([], fatal)
        self.assertIn(fatal[0], gateway.log)
        return gateway.log

    def test_an_unknown_driver(self):
        self.assertIn('acme.compute', self.refused('[compute]\ndriver = acme.compute\n'))

    def test_an_upstream_without_a_choice_of_tokens(self):
        self.assertIn('[openstack] tokens is not set', self.refused(
            '[compute]\ndriver = jumpgate.compute.drivers.openstack\n'))

    def test_an_unknown_filter(self):
        path = os.path.join(self.useFixture(fixtures.TempDir()).path, 'paste.ini')
        with open(path, 'w') as file:
            file.write('[pipeline:main]\npipeline = nothing app\n[app:app]\n'
                       'paste.app_factory = jumpgate.deploy:healthcheck_factory\n')
        self.assertIn('names the filter nothing', self.refused('', ('--paste-config', path)))

    def test_token_keys_that_others_can_read(self):
        folder = self.useFixture(fixtures.TempDir()).path
        os.chmod(folder, 0o755)
        with open(os.path.join(folder, '1'), 'w') as file:
            file.write('x')
        self.assertIn('chmod 0700', self.refused(
            f'[fernet_tokens]\nkey_repository = {folder}\n'))
