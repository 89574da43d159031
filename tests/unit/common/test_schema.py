import subprocess
import sys

import testtools

from jumpgate.common import errors, schema

SERVER = schema.wrapped('server', schema.obj(
    ['name'], name=schema.NAME, adminPass=schema.string(3, 20), count=schema.POSITIVE_INTEGER,
    enabled=schema.BOOLEAN, uuid=schema.UUID, tags=schema.array(schema.string(1, 60)),
    metadata=schema.METADATA, mode=schema.nullable(schema.enum('a', 'b'))))


def problem(fields, of=SERVER, **kwargs):
    return schema.Validator(of).problem({'server': {'name': 'x', **fields}}, **kwargs)


def accepts(one, value):
    return schema.Validator(one).problem(value) is None


class Messages(testtools.TestCase):

    def test_nothing_to_say(self):
        self.assertIsNone(problem({}))
        self.assertIsNone(schema.Validator(SERVER).validate({'server': {'name': 'x'}}))

    def test_raises_invalid(self):
        error = self.assertRaises(errors.Invalid, schema.Validator(SERVER).validate, {})
        self.assertEqual("'server' is a required property", error.message)

    def test_the_field_the_value_the_fault(self):
        self.assertEqual(
            "Invalid input for field/attribute uuid. Value: nope. 'nope' is not a 'uuid'",
            problem({'uuid': 'nope'}))
        self.assertEqual(
            "Invalid input for field/attribute server. Value: 3. 3 is not of type 'object'",
            schema.Validator(SERVER).problem({'server': 3}))

    def test_wrong_top_level(self):
        for value in ([], None, 'text', 3, True):
            self.assertIn("is not of type 'object'", schema.Validator(SERVER).problem(value))

    def test_query(self):
        query = schema.query(limit=schema.one(schema.NON_NEGATIVE_INTEGER), additional=False)
        self.assertEqual(
            "Invalid input for query parameters limit. Value: -1. "
            "'-1' is not a 'integer 0 to 2147483647'",
            schema.Validator(query).problem({'limit': ['1', '-1']}, query=True))
        self.assertIn("'color' was unexpected",
                      schema.Validator(query).problem({'color': ['x']}, query=True))

    def test_big_values_are_cut(self):
        for fields in ({'tags': ['a' * 10_000]}, {'tags': ['a' * 10_000] * 3000},
                       {'name': ['x' * 100] * 1000}, {'y' * 10_000: 1}):
            self.assertLess(len(problem(fields)), 1000)

    def test_a_fault_deep_in_much_data(self):
        self.assertEqual('Invalid input for field/attribute 3000. Value: 1. '
                         '1 is not of type "string"', problem({'tags': ['x'] * 3000 + [1]}))

    def test_what_only_one_of_the_libraries_refuses(self):
        # Python's $ also matches before a newline at the end.
        self.assertIn('does not match', schema.Validator(
            schema.string(pattern='^[a-z]+$')).problem('a\n'))

    def test_too_deep(self):
        deep = 1
        for _ in range(1500):
            deep = [deep]
        nested = {'$defs': {'n': {'type': 'array', 'items': {'$ref': '#/$defs/n'}}},
                  '$ref': '#/$defs/n'}
        self.assertIn('nested', schema.Validator(nested).problem(deep))

    def test_lone_surrogate(self):
        self.assertIn('Unicode', problem({'name': '\ud800'}))


class Secrets(testtools.TestCase):
    """None is ever shown, wherever it stands and whatever is wrong."""

    NAMES = ('password', 'adminPass', 'admin_pass', 'original_password', 'secret', 'api_key',
             'apiKey', 'private_key', 'token', 'user_data', 'ipmi_password', 'blob', 'passcode')

    def test_itself_wrong(self):
        for name in self.NAMES:
            for bad in (schema.string(100), schema.string(0, 2), {'type': 'integer'},
                        schema.UUID, schema.string(pattern='^x$'), schema.enum('a'),
                        {'const': 'x'}, {'anyOf': [{'type': 'null'}, {'type': 'integer'}]}):
                said = schema.Validator(schema.obj(**{name: bad})).problem({name: 'geheim'})
                self.assertIn(name, said)
                self.assertNotIn('geheim', said)

    def test_words(self):
        for fields, words in ((schema.string(100), 'too short'), (schema.string(0, 2), 'too long'),
                              ({'type': 'integer'}, "not of type 'integer'"),
                              (schema.UUID, "not a 'uuid'"), (schema.enum('a'), 'not valid'),
                              ({'type': ['integer', 'null']}, "not of type 'integer', 'null'")):
            said = schema.Validator(schema.obj(password=fields)).problem({'password': 'geheim'})
            self.assertEqual('Invalid input for field/attribute password. Value: ***. '
                             f'*** is {words}', said)

    def test_within_a_secret(self):
        said = schema.Validator(schema.obj(token=schema.obj(id={'type': 'integer'}))).problem(
            {'token': {'id': 'geheim'}})
        self.assertNotIn('geheim', said)

    def test_beside_the_fault(self):
        said = problem({'adminPass': 'geheim', 'color': 1})
        self.assertIn("'color' was unexpected", said)
        self.assertIn("'adminPass': '***'", said)
        self.assertNotIn('geheim', said)

    def test_in_a_value_that_is_wrong_as_a_whole(self):
        either = {'anyOf': [schema.obj(['a']), schema.obj(['b'])]}
        for secret in ('geheim', "ge'he\"im", 'ge\\heim\n'):
            for value in ({'password': secret}, [{'password': secret}], [[{'secret': [secret]}]]):
                for one in (either, {'type': 'integer'}, {'not': {}}, {'const': 1},
                            {'items': False}, {'minProperties': 5, 'minItems': 5}):
                    said = schema.Validator(schema.obj(x=one)).problem({'x': value})
                    self.assertNotIn(secret, said)
                    self.assertNotIn(repr(secret)[1:-1], said)

    def test_in_the_words_of_the_fast_library(self):
        said = schema.Validator(schema.obj(x={'type': 'integer'})).problem(
            {'x': [{'password': 'ge"heim'}] * 3000})
        self.assertEqual('Invalid input for field/attribute x.', said)

    def test_sent_twice(self):
        said = schema.Validator(schema.obj(additional=True, name=schema.UUID)).problem(
            {'name': 'geheim', 'password': 'geheim'})
        self.assertEqual('Invalid input for field/attribute name.', said)


class ValidatorFor(testtools.TestCase):

    def test_one_for_each_schema(self):
        self.assertIs(schema.validator_for(SERVER), schema.validator_for(SERVER))
        self.assertIsNot(schema.validator_for(SERVER), schema.validator_for(dict(SERVER)))

    def test_jsonschema_is_loaded_only_for_a_fault(self):
        code = ('import sys; from jumpgate.common import schema;'
                'v = schema.Validator(schema.UUID); v.problem("0" * 32);'
                'assert "jsonschema" not in sys.modules;'
                'v.problem(3); assert "jsonschema" in sys.modules')
        subprocess.run([sys.executable, '-c', code], check=True)


class Patterns(testtools.TestCase):

    def test_search(self):
        for pattern, text, expected in (('b+', 'abbc', True), ('^b', 'abc', False), ('', '', True),
                                        ('^a.c$', 'abc', True), ('[0-9]{2}', 'a1', False)):
            self.assertIs(expected, schema.Pattern(pattern).search(text), pattern)

    def test_bad(self):
        for pattern in ('*', '(', '[', 'a{99999}{99999}', '(?=a)b', '(a)\\1'):
            self.assertRaises(errors.Invalid, schema.Pattern, pattern)

    def test_linear(self):
        # would take longer than the universe has with a matcher that goes back
        self.assertFalse(schema.Pattern('^(a+)+$').search('a' * 5000 + 'b'))


class Types(testtools.TestCase):

    def test_name(self):
        for good in ('a', 'x' * 255, 'a b'):
            self.assertTrue(accepts(schema.NAME, good))
        for bad in ('', ' a', 'x' * 256, 3, None, 'a\x00'):
            self.assertFalse(accepts(schema.NAME, bad))
        self.assertTrue(accepts(schema.PADDED_NAME, ' a '))

    def test_boolean(self):
        for good in (True, False, 'true', 'FALSE', 'On', 'y', '0'):
            self.assertTrue(accepts(schema.BOOLEAN, good), good)
        for bad in (1, 0, 'maybe', '', None, []):
            self.assertFalse(accepts(schema.BOOLEAN, bad), bad)
        self.assertFalse(accepts(schema.STRICT_BOOLEAN, 'true'))

    def test_integers(self):
        for good in (1, '1', 2**31 - 1, str(2**31 - 1)):
            self.assertTrue(accepts(schema.POSITIVE_INTEGER, good), good)
        for bad in (0, '0', -1, '-1', 2**31, str(2**31), 'a', '', None, True, 1.5, '1.0', 2**70,
                    str(2**70)):
            self.assertFalse(accepts(schema.POSITIVE_INTEGER, bad), bad)
        self.assertTrue(accepts(schema.NON_NEGATIVE_INTEGER, 0))
        self.assertTrue(accepts(schema.INTEGER, -5))
        self.assertFalse(accepts(schema.PORT, 65536))

    def test_addresses(self):
        self.assertTrue(accepts(schema.CIDR, '10.0.0.0/8'))
        self.assertTrue(accepts(schema.IP, 'fe80::1'))
        self.assertTrue(accepts(schema.MAC, 'fa:16:3e:00:00:01'))
        for one in (schema.IPV4, schema.IPV6, schema.IP, schema.CIDR, schema.MAC, schema.URI,
                    schema.DATE_TIME, schema.BASE64):
            self.assertFalse(accepts(one, 3))
            self.assertFalse(accepts(one, 'a'))

    def test_metadata(self):
        self.assertTrue(accepts(schema.METADATA, {'a-b_c:d. e': 'x' * 255}))
        for bad in ({'': 'x'}, {'a' * 256: 'x'}, {'a/b': 'x'}, {'a': 'x' * 256}, {'a': 3}, []):
            self.assertFalse(accepts(schema.METADATA, bad), bad)

    def test_nullable(self):
        for one in (schema.UUID, schema.POSITIVE_INTEGER, schema.enum('a'), schema.BOOLEAN,
                    {'anyOf': [schema.IPV4, schema.IPV6]}):
            self.assertFalse(accepts(one, None))
            self.assertTrue(accepts(schema.nullable(one), None))
            self.assertFalse(accepts(schema.nullable(one), {}))

    def test_array(self):
        one = schema.array(schema.ID, minimum=1, maximum=2, unique=True)
        self.assertTrue(accepts(one, ['a', 'b']))
        for bad in ([], ['a', 'a'], ['a', 'b', 'c'], [1], {}):
            self.assertFalse(accepts(one, bad))

    def test_obj(self):
        self.assertTrue(accepts(schema.obj(), {}))
        self.assertFalse(accepts(schema.obj(), {'a': 1}))
        self.assertTrue(accepts(schema.obj(additional=True), {'a': 1}))
        self.assertFalse(accepts(schema.obj(additional=schema.ID), {'a': 1}))
        self.assertNotIn('required', schema.obj())

    def test_query_parameters(self):
        query = schema.query(a=schema.single(schema.ID), b=schema.one(schema.ID))
        self.assertTrue(accepts(query, {'a': ['x'], 'b': ['x', 'y'], 'c': ['z']}))
        self.assertFalse(accepts(query, {'a': ['x', 'y']}))
        self.assertFalse(accepts(query, {'b': ['x', '']}))
