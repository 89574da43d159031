"""Assignments: who has which role where."""
from __future__ import annotations

import enum

from jumpgate.common.model import model


class ActorKind(enum.StrEnum):
    """What can have a role."""

    USER = 'user'
    GROUP = 'group'


class TargetKind(enum.StrEnum):
    """On what a role can be had."""

    PROJECT = 'project'
    DOMAIN = 'domain'
    SYSTEM = 'system'


#: The id of the one target that is the whole system.
SYSTEM = 'system'


@model
class Grant:
    """A role that was given to somebody on something.

    :param inherited: whether it holds in the projects below the target, and not on the target
    """

    actor: ActorKind
    actor_id: str
    target: TargetKind
    target_id: str
    role_id: str
    inherited: bool = False


@model
class Assignment:
    """A grant as a listing shows it.

    :param origin: what an effective one follows from, where that is not the grant itself: a
        group's, an inherited one, one of a role that implies this one
    """

    grant: Grant
    origin: Grant | None = None

    @property
    def is_inherited(self) -> bool:
        return (self.origin or self.grant).inherited


@model
class AssignmentQuery:
    """Which assignments are asked for; None: any.

    :param target_id: with `target`; with `include_subtree` also of all projects below
    :param effective: with groups, inheritance and implied roles worked out
    """

    actor: ActorKind | None = None
    actor_id: str | None = None
    target: TargetKind | None = None
    target_id: str | None = None
    role_id: str | None = None
    inherited: bool | None = None
    effective: bool = False
    include_subtree: bool = False
