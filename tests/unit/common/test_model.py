import dataclasses

import testtools

from jumpgate.common.driver import UNSET
from jumpgate.common.model import model


@model
class Thing:
    id: str
    name: str | None = None


@model
class ThingChanges:
    name: object = UNSET


class Models(testtools.TestCase):

    def test_by_keyword_only(self):
        self.assertEqual('a', Thing(id='a').id)
        self.assertRaises(TypeError, Thing, 'a')

    def test_a_wrong_or_missing_field_fails_at_once(self):
        self.assertRaises(TypeError, Thing)
        self.assertRaises(TypeError, Thing, id='a', color='red')

    def test_frozen_and_slotted(self):
        thing = Thing(id='a')
        self.assertRaises(dataclasses.FrozenInstanceError, setattr, thing, 'id', 'b')
        self.assertRaises((AttributeError, TypeError), setattr, thing, 'color', 'red')
        self.assertFalse(hasattr(thing, '__dict__'))

    def test_equal_by_value(self):
        self.assertEqual(Thing(id='a'), Thing(id='a', name=None))
        self.assertEqual(Thing(id='a', name='n'), dataclasses.replace(Thing(id='a'), name='n'))

    def test_null_is_not_unmentioned(self):
        self.assertIs(UNSET, ThingChanges().name)
        self.assertIsNone(ThingChanges(name=None).name)
