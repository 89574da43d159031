"""oslo.policy behind one door: one rule per operation, decisions remembered.

Defaults come from the endpoint maps. An operator overrides them in policy.yaml, which is read again
when it changes. oslo.policy takes 66 to 284 microseconds for a decision; what a rule reads is known
from its check tree, so the decision is remembered by just those values, for a microsecond.
"""
from __future__ import annotations

import dataclasses
import logging
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from oslo_config import cfg
from oslo_policy import _checks as checks
from oslo_policy import policy as oslo

from jumpgate.common import errors
from jumpgate.common.context import ANONYMOUS, RequestContext
from jumpgate.common.operation import Operation
from jumpgate.common.service import Service

LOG = logging.getLogger(__name__)

#: What holds where nobody said anything.
ADMIN_ONLY = 'role:admin'
_LOOK_AGAIN = 1.0
_MOST_REMEMBERED = 20_000
_TARGET_KEY = re.compile(r'%\((.+?)\)')
#: What a check calls something that our context calls otherwise.
_CONTEXT_NAMES = {'tenant_id': 'project_id', 'system': 'system_scope'}
_CREDENTIALS = frozenset((*ANONYMOUS.policy_credentials(), 'system'))
_ABSENT = object()


@dataclasses.dataclass(frozen=True, slots=True)
class Default:
    """A rule as it is without a policy file.

    :param check: a check string of oslo.policy
    :param paths: the (verb, path) pairs that it guards
    """

    check: str
    summary: str = ''
    paths: tuple[tuple[str, str], ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class _Reads:
    """What a rule's decision depends on, besides the roles."""

    target: tuple[str, ...]
    context: tuple[str, ...]


class Policy:
    """Who may do what.

    :param conf: its ``[oslo_policy]`` options name the policy file
    :param clock: seconds; the file is looked at again once a second
    """

    def __init__(self, conf: cfg.ConfigOpts,
                 clock: Callable[[], float] = time.monotonic) -> None:
        self._conf = conf
        self._clock = clock
        self.defaults: dict[str, Default] = {}
        self._enforcer = self._make_enforcer()
        self._files: tuple[tuple[str, int, int], ...] = ()
        self._look_at = float('inf')
        self._reads: dict[str, _Reads | None] = {}
        self._decisions: dict[tuple[object, ...], bool] = {}

    def register(self, service: Service) -> None:
        """Take over the default rule of every operation of `service`.

        :raises ValueError: for a role that the service has no persona for, or one rule name with
            two meanings
        """
        for row, verb, _, operation in service.map.operations():
            if operation.public:
                continue
            path = service.mount + row.group.roots[0] + row.endpoint.path
            name = f'{service.name}:{operation.name}'
            self._add(name, default_check(service, operation), operation.summary, (verb, path))
            for attribute, persona in operation.attributes.items():
                self._add(f'{name}:{attribute}', service.personas.get(persona, persona),
                          f'{attribute} of: {operation.summary}', (verb, path))

    def _add(self, name: str, check: str, summary: str, path: tuple[str, str]) -> None:
        known = self.defaults.get(name)
        if known is None:
            self.defaults[name] = Default(check, summary, (path,))
        elif known.check != check:
            raise ValueError(f'the policy rule {name} is said to be both "{known.check}" and '
                             f'"{check}"')
        elif path not in known.paths:
            self.defaults[name] = dataclasses.replace(known, paths=(*known.paths, path))

    def load_rules(self) -> None:
        """Read the policy file, if there is one; until then everything is refused.

        :raises ValueError: where it cannot be understood
        """
        files = self._fingerprint()
        enforcer = self._make_enforcer()
        try:
            enforcer.load_rules(force_reload=True)
        except OSError as error:
            raise ValueError(f'the policy file cannot be read: {error}') from error
        # From here on it is looked after by `_refresh`.
        enforcer.use_conf = False
        enforcer.rules = _Rules(enforcer.rules, self.defaults)
        for name in sorted(set(enforcer.file_rules) - set(self.defaults)):
            if name.partition(':')[0] in {known.partition(':')[0] for known in self.defaults}:
                LOG.warning('The policy file has a rule %s, which no operation has.', name)
        self._enforcer, self._files = enforcer, files
        self._reads.clear()
        self._decisions.clear()
        self._look_at = self._clock() + _LOOK_AGAIN

    def enforce(self, rule: str, target: Mapping[str, Any], context: RequestContext) -> None:
        """Let pass, or not.

        :param rule: ``<service>:<operation>``
        :param target: what the rule may compare with: ``project_id`` of the thing and so on
        :raises Forbidden: if it says no
        """
        if not self.allowed(rule, target, context):
            raise errors.Forbidden(
                f'You are not authorized to perform the requested action: {rule}.')

    def allowed(self, rule: str, target: Mapping[str, Any], context: RequestContext) -> bool:
        """Whether `rule` lets the caller. A rule that nobody has defined is the admin's."""
        if self._clock() >= self._look_at:
            self._refresh()
        try:
            reads = self._reads[rule]
        except KeyError:
            reads = self._reads[rule] = self._find_reads(rule)
        if reads is None:
            return self._decide(rule, target, context)
        key = (rule, context.roles,
               *[getattr(context, name) for name in reads.context],
               *[_keyed(target.get(name, _ABSENT)) for name in reads.target])
        try:
            found = self._decisions.get(key)
        except TypeError:
            return self._decide(rule, target, context)
        if found is None:
            if len(self._decisions) >= _MOST_REMEMBERED:
                self._decisions.clear()
            found = self._decisions[key] = self._decide(rule, target, context)
        return found

    def sample(self) -> str:
        """A policy file with every rule at its default, commented out."""
        return '\n'.join(_sample_lines(self.defaults))

    def _decide(self, rule: str, target: Mapping[str, Any], context: RequestContext) -> bool:
        return bool(self._enforcer.enforce(rule, target, context.policy_credentials()))

    def _find_reads(self, rule: str) -> _Reads | None:
        if not self._enforcer.rules:
            return None
        target: set[str] = set()
        context: set[str] = set()
        try:
            if not self._walk(self._enforcer.rules[rule], target, context, (rule,)):
                return None
        except _Circle as circle:
            LOG.error('The policy rule %s leads back to %s; it lets nobody.', rule, circle)
            self._enforcer.rules[rule] = checks.FalseCheck()
        return _Reads(tuple(sorted(target)), tuple(sorted(
            {_CONTEXT_NAMES.get(name, name) for name in context & _CREDENTIALS})))

    def _walk(self, check: Any, target: set[str], context: set[str],
              path: tuple[str, ...]) -> bool:
        """Note what `check` reads; False where that cannot be known.

        :param path: the rules that led here
        """
        kind = type(check)
        if kind in (checks.TrueCheck, checks.FalseCheck):
            return True
        if kind is checks.NotCheck:
            return self._walk(check.rule, target, context, path)
        if kind in (checks.AndCheck, checks.OrCheck):
            # each of them: a circle may hide behind a check that cannot be known
            known = [self._walk(one, target, context, path) for one in check.rules]
            return all(known)
        if kind is checks.RuleCheck:
            if check.match in path:
                raise _Circle(check.match)
            inner = self._enforcer.rules.find(check.match)
            return inner is None or self._walk(inner, target, context, (*path, check.match))
        if kind in (checks.RoleCheck, checks.GenericCheck):
            target.update(_TARGET_KEY.findall(check.match))
            if kind is checks.GenericCheck:
                context.add(check.kind.partition('.')[0])
            return True
        return False

    def _refresh(self) -> None:
        self._look_at = self._clock() + _LOOK_AGAIN
        if self._fingerprint() == self._files:
            return
        try:
            self.load_rules()
            LOG.info('The policy file has changed; its rules hold from now on.')
        except Exception:
            # Half-written, perhaps: what held before goes on holding.
            LOG.exception('The changed policy file cannot be used; the rules stay as they were.')

    def _make_enforcer(self) -> Any:
        enforcer = oslo.Enforcer(self._conf, use_conf=False)
        # It would miss the defaults, which are not registered with it.
        enforcer.skip_undefined_check = True
        return enforcer

    def _fingerprint(self) -> tuple[tuple[str, int, int], ...]:
        """The policy files as they are on disk."""
        options = self._conf.oslo_policy
        found = []
        for path in _policy_files(self._conf, options.policy_file, options.policy_dirs):
            try:
                state = os.stat(path)
            except OSError:
                continue
            found.append((path, state.st_mtime_ns, state.st_size))
        return tuple(found)


class _Circle(Exception):
    """A rule that is defined by itself."""


class _Rules(oslo.Rules):
    """The rules of the file; the defaults behind them, each parsed when first asked for."""

    def __init__(self, rules: Mapping[str, Any], defaults: Mapping[str, Default]) -> None:
        super().__init__(dict(rules))
        self._defaults = defaults

    def __missing__(self, name: str) -> Any:
        if name in self._defaults or ':' in name:
            default = self._defaults.get(name)
            self[name] = oslo.RuleDefault(name, default.check if default else ADMIN_ONLY).check
            return self[name]
        # A name without a service is an operator's own rule: spelled wrong, it refuses.
        raise KeyError(name)

    def find(self, name: str) -> Any:
        """A rule, or None where nobody has defined it (which oslo.policy takes for a no)."""
        try:
            return self[name]
        except KeyError:
            return None

    def __bool__(self) -> bool:
        return True


def default_check(service: Service, operation: Operation) -> str:
    """The check string of an operation that no file overrides.

    :raises ValueError: for a role that the service has no persona for
    """
    if operation.policy is not None:
        return operation.policy
    if operation.role is None:
        return ADMIN_ONLY
    try:
        return service.personas[operation.role]
    except KeyError:
        raise ValueError(f'{service.name} has no persona {operation.role}, which its operation '
                         f'{operation.name} wants') from None


def _keyed(value: Any) -> Any:
    """A value as part of a key: 1 and True are equal, but not to a policy."""
    return value if value is None or value.__class__ is str else (value.__class__, value)


def _policy_files(conf: cfg.ConfigOpts, file: str, folders: list[str]) -> Iterator[str]:
    path = conf.find_file(file)
    if path:
        yield path
    for folder in folders:
        found = conf.find_file(folder)
        if found and os.path.isdir(found):
            for name in sorted(os.listdir(found)):
                yield os.path.join(found, name)


def _sample_lines(defaults: Mapping[str, Default]) -> Iterator[str]:
    for name, default in sorted(defaults.items()):
        if default.summary:
            yield f'# {default.summary}'
        for verb, path in default.paths:
            yield f'# {verb} {path}'
        check = default.check.replace('\\', '\\\\').replace('"', '\\"')
        yield f'#"{name}": "{check}"'
        yield ''
