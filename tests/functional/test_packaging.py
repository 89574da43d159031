"""What the sdist and the wheel hold."""
import pathlib
import shutil
import subprocess
import sys
import tarfile
import zipfile

import fixtures
import testtools

CHECKOUT = pathlib.Path(__file__).parents[2]
ETC = ('api-paste.ini', 'jumpgate.conf', 'apache-jumpgate.conf', 'gunicorn.conf.py', 'uwsgi.ini')


class PackagingTest(testtools.TestCase):

    def test_both_bring_the_configuration_and_every_module(self):
        folder = pathlib.Path(self.useFixture(fixtures.TempDir()).path)
        source = folder / 'source'
        shutil.copytree(CHECKOUT, source, ignore=shutil.ignore_patterns(
            '.*', 'build', 'dist', '*.egg-info', '__pycache__'))
        built = subprocess.run(
            [sys.executable, '-m', 'build', '--no-isolation', '--outdir', folder, source],
            capture_output=True, text=True)
        self.assertEqual(0, built.returncode, built.stderr + built.stdout)
        with tarfile.open(next(folder.glob('*.tar.gz'))) as sdist:
            in_sdist = {name.partition('/')[2] for name in sdist.getnames()}
        with zipfile.ZipFile(next(folder.glob('*.whl'))) as wheel:
            in_wheel = set(wheel.namelist())
        modules = {str(path.relative_to(CHECKOUT)) for path in CHECKOUT.glob('jumpgate/**/*.py')}
        self.assertEqual(set(), modules - in_sdist)
        self.assertEqual(set(), modules - in_wheel)
        for name in ETC:
            self.assertIn(f'etc/{name}', in_sdist)
            self.assertTrue(any(path.endswith(f'.data/data/etc/jumpgate/{name}')
                                for path in in_wheel), sorted(in_wheel)[-20:])
        self.assertIn('LICENSE', in_sdist)
