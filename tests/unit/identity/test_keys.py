"""The folder of token keys."""
import base64
import os
import pathlib

import fixtures
import testtools

from jumpgate.identity.keys import KeyRepository, NoKeys
from jumpgate.identity.models.tokens import Claim, ScopeKind
from jumpgate.identity.tokens import InvalidToken, Tokens, new_audit_id


class RepositoryCase(testtools.TestCase):

    def setUp(self):
        super().setUp()
        self.folder = pathlib.Path(self.useFixture(fixtures.TempDir()).path) / 'keys'
        self.repository = KeyRepository(self.folder, 3)

    def numbers(self):
        return sorted(int(name) for name in os.listdir(self.folder))


class SetupTest(RepositoryCase):

    def test_makes_a_staged_and_a_primary_key_for_the_owner_only(self):
        self.assertTrue(self.repository.setup())
        self.assertEqual([0, 1], self.numbers())
        self.assertEqual(0o700, self.folder.stat().st_mode & 0o777)
        self.assertEqual(0o600, (self.folder / '1').stat().st_mode & 0o777)

    def test_a_second_time_changes_nothing(self):
        self.repository.setup()
        before = self.repository.load()
        self.assertFalse(self.repository.setup())
        self.assertEqual(before, self.repository.load())

    def test_no_keys_says_what_to_do(self):
        self.assertIn('jumpgate keys setup', str(self.assertRaises(NoKeys, self.repository.load)))
        self.assertIn('jumpgate keys setup', self.repository.problem())

    def test_a_folder_that_is_open_to_everybody_is_a_problem(self):
        self.repository.setup()
        self.assertIsNone(self.repository.problem())
        self.folder.chmod(0o755)
        self.assertIn('chmod', self.repository.problem())


class RotationTest(RepositoryCase):

    def setUp(self):
        super().setUp()
        self.repository.setup()

    def test_the_staged_key_becomes_the_primary_one(self):
        staged = (self.folder / '0').read_bytes()
        self.assertEqual(2, self.repository.rotate())
        self.assertEqual(staged, (self.folder / '2').read_bytes())
        self.assertNotEqual(staged, (self.folder / '0').read_bytes())

    def test_the_oldest_goes(self):
        for _ in range(4):
            self.repository.rotate()
        self.assertEqual([0, 4, 5], self.numbers())

    def test_other_files_are_left_alone(self):
        (self.folder / 'README').write_text('hello')
        self.repository.rotate()
        self.assertTrue((self.folder / 'README').exists())
        self.assertEqual(3, len(self.repository.load()))

    def test_an_empty_key_is_passed_over(self):
        (self.folder / '7').write_text('')
        self.assertEqual(2, len(self.repository.load()))


class TokenRotationTest(RepositoryCase):
    """No token is lost before its key was rotated out."""

    def setUp(self):
        super().setUp()
        self.repository.setup()
        self.here = Tokens(self.repository)
        self.there = Tokens(KeyRepository(self.folder, 3))
        self.claim = Claim(user_id='u', audit_ids=(new_audit_id(),))

    def test_a_token_survives_a_rotation(self):
        token = self.here.make(self.claim)
        self.repository.rotate()
        self.assertEqual(self.claim, self.here.open(token))
        self.assertEqual(self.claim, self.there.open(token))

    def test_another_host_opens_what_a_rotated_one_makes(self):
        self.there.make(self.claim)
        self.repository.rotate()
        self.assertEqual(self.claim, self.there.open(self.here.make(self.claim)))

    def test_a_host_that_has_not_yet_the_new_folder_opens_it_too(self):
        old = KeyRepository(self.folder.parent / 'old', 3)
        old.folder.mkdir()
        for path in self.folder.iterdir():
            (old.folder / path.name).write_bytes(path.read_bytes())
        self.repository.rotate()
        self.assertEqual(self.claim, Tokens(old).open(self.here.make(self.claim)))

    def test_a_token_ends_when_its_key_is_gone(self):
        token = self.here.make(self.claim)
        for _ in range(3):
            self.repository.rotate()
        self.assertRaises(InvalidToken, self.here.open, token)

    def test_keys_of_somebody_else(self):
        other = KeyRepository(self.folder.parent / 'other')
        other.setup()
        self.assertRaises(InvalidToken, self.here.open, Tokens(other).make(self.claim))


class ContentTest(RepositoryCase):

    def setUp(self):
        super().setUp()
        self.repository.setup()
        self.tokens = Tokens(self.repository)

    def test_everything_comes_back(self):
        claim = Claim(
            user_id='0123456789abcdef0123456789abcdef', methods=('password', 'token'),
            scope=ScopeKind.TRUST, scope_id='Fedcba98765432100123456789abcdef',
            issued_at=1700000000.125, expires_at=1700003600.5,
            audit_ids=(new_audit_id(), new_audit_id()), trust_id='ab' * 16,
            application_credential_id='not-hex', credential={'api_key': 'secret', 'n': 1})
        self.assertEqual(claim, self.tokens.open(self.tokens.make(claim)))

    def test_the_usual_token_is_short(self):
        claim = Claim(
            user_id='0123456789abcdef' * 2, methods=('token', 'password'),
            scope=ScopeKind.PROJECT, scope_id='0123456789abcdef' * 2, issued_at=1700000000.123456,
            expires_at=1700003600.123456, audit_ids=(new_audit_id(), new_audit_id()))
        self.assertThat(len(self.tokens.make(claim)), testtools.matchers.LessThan(255))

    def test_a_credential_cannot_be_read(self):
        claim = Claim(user_id='u', credential={'api_key': 'sesame'})
        self.assertNotIn('sesame', repr(claim))
        sealed = base64.urlsafe_b64decode(self.tokens.make(claim) + '==')
        self.assertNotIn(b'sesame', sealed)

    def test_what_is_no_token(self):
        for text in ('', 'x', 'gAAAAA', 'é', '\x00', 'a' * 10000, 'gAAAAABl' + 'A' * 200, '=' * 8):
            self.assertRaises(InvalidToken, self.tokens.open, text)

    def test_a_changed_letter(self):
        token = self.tokens.make(Claim(user_id='u'))
        at = len(token) // 2
        changed = token[:at] + ('A' if token[at] != 'A' else 'B') + token[at + 1:]
        self.assertRaises(InvalidToken, self.tokens.open, changed)
