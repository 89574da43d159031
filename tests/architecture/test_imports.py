import ast
import fnmatch
import functools
import pathlib
import re
import sys

import testtools

import jumpgate
from tests.architecture import imports

ROOT = pathlib.Path(jumpgate.__file__).parent
_SERVICE = '|'.join(imports.SERVICES)


@functools.cache
def modules():
    """Dotted name below the package → its syntax tree."""
    found = {}
    for path in ROOT.rglob('*.py'):
        parts = path.relative_to(ROOT).with_suffix('').parts
        name = '.'.join(parts[:-1] if parts[-1] == '__init__' else parts)
        found[name] = ast.parse(path.read_text())
    return found


def imported(tree, name):
    """(what, whether it is for types only) of every import statement in a module."""
    pending = [(node, False) for node in tree.body]
    while pending:
        node, typing = pending.pop()
        if isinstance(node, ast.Import):
            yield from ((alias.name, typing) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f'{name} imports relatively; say the whole name'
            for alias in node.names:
                yield f'{node.module}.{alias.name}', typing
        is_typing = isinstance(node, ast.If) and 'TYPE_CHECKING' in ast.dump(node.test)
        for inner in ast.iter_child_nodes(node):
            pending.append((inner, typing or is_typing))


def ours(what):
    """The module of the package that `what` names or is in, without the package's name."""
    inside = what.removeprefix('jumpgate').lstrip('.')
    while inside not in modules():
        inside = inside.rpartition('.')[0]
    return inside


def pattern(text, service=None, place=None):
    """A pattern of `imports` as a regular expression."""
    if text == '*':
        return '.*'
    below = ''
    if text.endswith('.*'):
        text, below = text[:-2], r'\..+'
    elif text.endswith('*'):
        text, below = text[:-1], r'(?:\..+)?'
    text = text.replace('.', r'\.').replace('<any>', f'(?:{_SERVICE})')
    text = text.replace('<s>', service or f'(?P<s>{_SERVICE})')
    return text.replace('<x>', place or '(?P<x>[a-z0-9_]+)') + below


def matches(name, text, service=None, place=None):
    return re.fullmatch(pattern(text, service, place), name)


def room_of(name):
    """The allowed patterns of the room, with its service and place; None where there is none."""
    for room, allowed in imports.ROOMS:
        found = matches(name, room)
        if found:
            groups = found.groupdict()
            return room, [(one, groups.get('s'), groups.get('x')) for one in allowed]
    return None


class Imports(testtools.TestCase):
    """Each module imports only what its room may."""

    def departures(self):
        """(module, what) of every import that the tables do not allow."""
        for name, tree in sorted(modules().items()):
            for what, typing in imported(tree, name):
                root = what.partition('.')[0]
                if root == 'jumpgate':
                    target = ours(what)
                    if not (target == name or self.may(name, target, typing)):
                        yield name, target
                elif root not in sys.stdlib_module_names and not self.has_door(name, root):
                    yield name, root

    def may(self, name, target, typing):
        if typing and target in ('api', 'common.dispatcher'):
            # what setup_routes(app, disp) is handed
            return True
        room = room_of(name)
        return room is not None and any(
            matches(target, one, service, place) for one, service, place in room[1])

    def has_door(self, name, root):
        return any(matches(name, door) for door in imports.DOORS.get(root, ()))

    def test_every_module_has_a_room(self):
        self.assertEqual([], [name for name in modules() if room_of(name) is None])

    def test_only_what_the_tables_allow(self):
        found = set(self.departures()) - set(imports.DEPARTURES)
        self.assertEqual([], sorted(f'{name} imports {what}' for name, what in found),
                         'see tests/architecture/imports.py; what is right all the same goes into '
                         'DEPARTURES there, with its reason')

    def test_no_departure_is_left_over(self):
        self.assertEqual(set(), set(imports.DEPARTURES) - set(self.departures()))
        self.assertNotIn('', imports.DEPARTURES.values())

    def test_options_are_declared_in_one_place(self):
        guilty = [name for name, tree in modules().items() if name != 'config'
                  for node in ast.walk(tree)
                  if isinstance(node, ast.Attribute) and fnmatch.fnmatch(node.attr, '*Opt')
                  and isinstance(node.value, ast.Name) and node.value.id == 'cfg']
        self.assertEqual([], guilty)

    def test_no_utils(self):
        self.assertEqual([], [name for name in modules() if re.search(
            r'(^|\.)(utils?|helpers?|misc|tools?)$', name)])


class Tables(testtools.TestCase):
    """The test itself: it must be able to fail."""

    def test_rooms(self):
        for name, room in (
                ('common.errors', 0), ('common.http', 1), ('compute.models', 2),
                ('compute.models.servers', 2), ('compute.driver.servers', 3),
                ('network.drivers.sl.ports', '<s>.drivers.<x>*'),
                ('image.drivers.openstack', '<s>.drivers.openstack'), ('compute', '<s>'),
                ('clouds.softlayer.errors', 'clouds.<x>*'), ('cmd.serve', 'cmd*')):
            expected = imports.ROOMS[room][0] if isinstance(room, int) else room
            self.assertEqual(expected, room_of(name)[0], name)

    def test_what_is_refused(self):
        may = Imports('departures').may
        for name, target in (
                ('compute.models.servers', 'common.http'), ('compute.views.servers', 'store'),
                ('compute.controllers.servers', 'compute.drivers.sandbox.servers'),
                ('compute.controllers.servers', 'network.controllers.ports'),
                ('compute.drivers.sl.servers', 'compute.drivers.sandbox'),
                ('compute.drivers.sl.servers', 'clouds.sandbox'),
                ('compute.drivers.sl.servers', 'compute.controllers.servers'),
                ('compute.drivers.sl.servers', 'common.http'),
                ('clouds.softlayer.errors', 'compute.models'), ('store.engine', 'common.http'),
                ('common.http', 'compute'), ('common.errors', 'common.http'),
                ('filters.auth', 'identity.tokens'), ('compute.schemas.servers', 'compute.models'),
                ('compute.drivers.sl', 'compute.drivers_of')):
            self.assertFalse(may(name, target, False), (name, target))

    def test_what_is_allowed(self):
        may = Imports('departures').may
        for name, target in (
                ('compute.controllers.servers', 'compute.schemas.servers'),
                ('compute.controllers.networks', 'network.models.ports'),
                ('compute.drivers.sl.servers', 'network.driver'),
                ('compute.drivers.sandbox.servers', 'clouds.sandbox.shelf'),
                ('compute.drivers.sl.servers', 'compute.drivers.sl.ids'),
                ('compute.endpoints', 'compute.controllers.servers'), ('cmd.serve', 'deploy')):
            self.assertTrue(may(name, target, False), (name, target))
        self.assertTrue(may('compute.drivers.sl', 'api', True))
        self.assertFalse(may('compute.drivers.sl', 'api', False))

    def test_doors(self):
        has_door = Imports('departures').has_door
        self.assertTrue(has_door('common.http', 'webob'))
        self.assertFalse(has_door('compute.controllers.servers', 'webob'))
        self.assertFalse(has_door('common.http', 'flask'))
        self.assertTrue(has_door('compute.drivers.sl.servers', 'SoftLayer'))
        self.assertFalse(has_door('compute.drivers.sandbox.servers', 'SoftLayer'))
