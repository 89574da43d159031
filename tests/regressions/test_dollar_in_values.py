"""A dollar sign in a password or a folder was taken for the name of an option."""
import argparse

import fixtures
import testtools

from jumpgate import config
from jumpgate.cmd import openrc, serve


class DollarTest(testtools.TestCase):

    def test_in_the_administrators_password(self):
        conf = config.load('')
        args = argparse.Namespace(admin_password='pa$word$$x$')
        self.useFixture(fixtures.MonkeyPatch('jumpgate.cmd.serve._addresses', lambda conf: ()))
        secrets = serve.Serve(args, conf, [])._secrets
        for name, value in secrets.items():
            self.useFixture(fixtures.EnvironmentVariable(name, value))
        self.assertEqual('pa$word$$x$', config.load('').identity.admin_password)

    def test_in_the_state_folder(self):
        self.useFixture(fixtures.EnvironmentVariable('OS_DEFAULT__STATE_DIR'))
        args = argparse.Namespace(state_dir='/tmp/a$b', config_file='')
        self.assertEqual('/tmp/a$b', openrc.load(args).state_dir)
