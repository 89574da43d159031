import io
import pathlib
import re
import sys
import textwrap

import fixtures
import testtools

from tests.interop.outcomes import Outcomes
from tests.interop.tempest import Tee, Tempest, TempestFailed, expressions

#: Answers `tempest init` and `tempest run` as a script says.
STAND_IN = '''\
#!{python}
import os, pathlib, sys, time
sys.path.insert(0, {root!r})
import subunit
arguments = sys.argv[1:]
{body}
'''


class Run(testtools.TestCase):
    """With a stand-in for Tempest's command."""

    def tempest(self, body):
        folder = pathlib.Path(self.useFixture(fixtures.TempDir()).path)
        command = folder / 'tempest'
        command.write_text(STAND_IN.format(
            python=sys.executable, root=str(pathlib.Path(__file__).parents[3]),
            body=textwrap.dedent(body)))
        command.chmod(0o700)
        workspace = folder / 'workspace'
        workspace.mkdir()
        return Tempest(command, workspace)

    def test_outcomes_arrive(self):
        tempest = self.tempest('''
            assert arguments[:2] == ['run', '--config-file'], arguments
            assert not [name for name in os.environ if name == 'OS_PASSWORD']
            result = subunit.StreamResultToBytes(sys.stdout.buffer)
            wanted = pathlib.Path(arguments[arguments.index('--include-list') + 1])
            for number, line in enumerate(wanted.read_text().splitlines()):
                result.status(test_id='m.C.test_%d[id-1]' % number, test_status='success')
            sys.stderr.write('a warning')
            ''')
        self.useFixture(fixtures.EnvironmentVariable('OS_PASSWORD', 'secret'))
        outcomes = Outcomes()
        self.assertTrue(tempest.run(['m.C.test_0', 'm.C.test_1'], outcomes, 2, 60))
        self.assertEqual(['passed', 'passed', 'not run'], [
            one.result for one in outcomes.of(f'm.C.test_{number}' for number in range(3))])
        self.assertEqual('a warning', tempest.errors())
        self.assertNotEqual(b'', (tempest.folder / 'results.subunit').read_bytes())

    def test_what_takes_too_long_is_ended(self):
        tempest = self.tempest('''
            result = subunit.StreamResultToBytes(sys.stdout.buffer)
            result.status(test_id='m.C.test_a', test_status='inprogress')
            time.sleep(600)
            ''')
        outcomes = Outcomes()
        with fixtures.StringStream('stderr') as stream:
            self.useFixture(fixtures.MonkeyPatch('sys.stderr', stream.stream))
            self.assertFalse(tempest.run(['m.C.test_a'], outcomes, 1, 0.5))
        self.assertIn(outcomes.of(['m.C.test_a'])[0].result, ('failed', 'not run'))

    def test_no_workspace(self):
        tempest = self.tempest('sys.exit("no room")')
        found = self.assertRaises(TempestFailed, tempest.set_up)
        self.assertIn('no room', str(found))


class Pieces(testtools.TestCase):

    def test_expressions(self):
        one, = expressions(['m.C.test_a'])
        for name, found in (('m.C.test_a[id-1,smoke]', True), ('m.C.test_a', True),
                            ('m.C.test_ab[id-1]', False), ('tempest.m.C.test_a', False),
                            ('mxC.test_a', False)):
            self.assertEqual(found, bool(re.search(one.strip(), name)), name)

    def test_tee(self):
        copy = io.BytesIO()
        tee = Tee(io.BytesIO(b'abcdef'), copy)
        self.assertEqual((b'abc', b'def', b''), (tee.read(3), tee.read(), tee.read()))
        self.assertEqual(b'abcdef', copy.getvalue())
