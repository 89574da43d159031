"""Views: tables that say how a thing looks on the wire, compiled to one comprehension.

A `View` is a row of `Field`s: wire name, source, window of versions. For each stretch of versions
and each set of allowed fields it becomes one generated function with the links' prefixes in front
of its loop, so that a page of a hundred things costs about half a millisecond.

Moments go out as they are: the JSON writer gives them as ``2026-11-23T15:00:00Z``, the form of
Nova, Glance and Neutron. `Time` has the others.
"""
from jumpgate.common.view.code import Caller, Part
from jumpgate.common.view.fields import Field, Spread, View
from jumpgate.common.view.sources import (
    Attr,
    Bookmark,
    Const,
    Each,
    Link,
    Links,
    Made,
    Nested,
    Ref,
    Source,
    Text,
    Time,
)

__all__ = ['Attr', 'Bookmark', 'Caller', 'Const', 'Each', 'Field', 'Link', 'Links', 'Made',
           'Nested', 'Part', 'Ref', 'Source', 'Spread', 'Text', 'Time', 'View']
