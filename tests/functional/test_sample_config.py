"""etc/jumpgate.conf is what the options say."""
import pathlib
import subprocess
import sys

import fixtures
import testtools

CHECKOUT = pathlib.Path(__file__).parents[2]


class SampleConfigTest(testtools.TestCase):

    def test_the_sample_is_up_to_date(self):
        made = pathlib.Path(self.useFixture(fixtures.TempDir()).path, 'jumpgate.conf')
        subprocess.run(
            [pathlib.Path(sys.executable).with_name('oslo-config-generator'),
             '--config-file', CHECKOUT / 'etc' / 'config-generator.conf',
             '--output-file', made], check=True, cwd=CHECKOUT)
        self.assertEqual(made.read_text(), (CHECKOUT / 'etc' / 'jumpgate.conf').read_text(),
                         'run "make sample-config"')
