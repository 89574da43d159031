"""The configuration of single domains, and what holds by default."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call, Reply, operation
from jumpgate.identity import domain_options, personas
from jumpgate.identity.schemas import domain_configs as schemas

_DEFAULT_DOMAIN = 'default'
_READ = (f"{personas.ADMIN_OR_SYSTEM_READER} or "
         f"'{domain_options.COMPLIANCE}':%(target.config.group)s")


def _target(call: Call, domain_id: str, group: str = '',
            option: str | None = None) -> tuple[dict[str, Any], None]:
    return {'target.config.group': group}, None


@operation('get_domain_config', reply=schemas.SHOWN, policy=_READ, target=_target)
def show(call: Call, domain_id: str, group: str | None = None,
         option: str | None = None) -> dict[str, Any]:
    """Show domain config, or a group or option of it."""
    if group == domain_options.COMPLIANCE:
        return {'config': _compliance(call, domain_id, option)}
    _refuse_unknown(group, option)
    found = domain_options.shown(call.driver.get_domain_config(call.context, domain_id).groups)
    return {'config': _part(found, domain_id, group, option)}


@operation('create_domain_config', body=schemas.CONFIG, reply=schemas.SHOWN, code=201,
           policy=personas.ADMIN)
def create(call: Call, domain_id: str) -> Reply:
    """Create domain config."""
    call.driver.get_domain(call.context, domain_id)
    groups = _checked(call.body.get('config'))
    is_new = call.driver.create_domain_config(call.context, domain_id, groups)
    return Reply({'config': domain_options.shown(groups)}, code=201 if is_new else 200)


@operation('update_domain_config', needs=('get_domain_config', 'update_domain_config'),
           body=schemas.CONFIG, reply=schemas.SHOWN, policy=personas.ADMIN)
def update(call: Call, domain_id: str, group: str | None = None,
           option: str | None = None) -> dict[str, Any]:
    """Update domain config, or a group or option of it."""
    call.driver.get_domain(call.context, domain_id)
    _refuse_unknown(group, option)
    config = call.body.get('config')
    if not isinstance(config, Mapping) or not config:
        raise _invalid('No options specified')
    if option is not None:
        if option not in config:
            raise _invalid(f'Trying to update option {option} in group {group}, but config '
                           f'provided contains option {next(iter(config))} instead')
        config = {group: config}
    elif group is not None and group not in config:
        raise _invalid(f'request to update group {group}, but config provided contains group '
                       f'{next(iter(config))} instead')
    groups = _checked(config)
    if group is not None:
        # What is not configured yet is created as a whole.
        _part(call.driver.get_domain_config(call.context, domain_id).groups, domain_id, group,
              option)
    changed = call.driver.update_domain_config(call.context, domain_id, groups)
    return {'config': domain_options.shown(changed.groups)}


@operation('delete_domain_config', needs=('get_domain_config', 'delete_domain_config'), code=204,
           policy=personas.ADMIN)
def delete(call: Call, domain_id: str, group: str | None = None,
           option: str | None = None) -> None:
    """Delete domain config, or a group or option of it."""
    call.driver.get_domain(call.context, domain_id)
    _refuse_unknown(group, option)
    if group is not None:
        _part(call.driver.get_domain_config(call.context, domain_id).groups, domain_id, group,
              option)
    call.driver.delete_domain_config(call.context, domain_id, group, option)


@operation('get_domain_config_default', needs=('get_domain_config',), reply=schemas.SHOWN,
           policy=personas.ADMIN_OR_SYSTEM_READER)
def default(call: Call, group: str | None = None, option: str | None = None) -> dict[str, Any]:
    """Show default domain config, or a group or option of it."""
    _refuse_unknown(group, option)
    if group is None:
        return {'config': {name: dict(options)
                           for name, options in domain_options.DEFAULTS.items()}}
    options = domain_options.DEFAULTS[group]
    if option is None:
        return {'config': {group: dict(options)}}
    if option not in options:
        raise _unknown_option(group, option)
    return {'config': {option: options[option]}}


def _compliance(call: Call, domain_id: str, option: str | None) -> dict[str, Any]:
    """What a password must be like."""
    if domain_id != _DEFAULT_DOMAIN:
        raise _invalid('Reading security compliance information for any domain other than the '
                       'default domain is not allowed or supported.')
    known = {name: getattr(call.app.config.security_compliance, name)
             for name in domain_options.COMPLIANCE_OPTIONS}
    if option is None:
        return {domain_options.COMPLIANCE: known}
    if option not in known:
        raise _invalid(f'Reading security compliance values other than {" and ".join(known)} is '
                       'not allowed.')
    return {option: known[option]}


def _part(found: Mapping[str, Mapping[str, object]], domain_id: str, group: str | None,
          option: str | None) -> dict[str, Any]:
    """The part that is asked for.

    :raises NotFound: if it is not configured
    """
    what = 'any options'
    if group is None and found:
        return dict(found)
    if group is not None:
        if option is None:
            if group in found:
                return {group: found[group]}
            what = f'group {group}'
        elif option in found.get(group, {}):
            return {option: found[group][option]}
        else:
            what = f'option {option} in group {group}'
    raise errors.NotFound(
        f'Could not find {what} in domain configuration for domain {domain_id}.')


def _checked(config: Any) -> dict[str, dict[str, object]]:
    """:raises Forbidden: unless every option is one that a domain may have of its own"""
    if not isinstance(config, Mapping) or not config:
        raise _invalid('No options specified')
    for group, options in config.items():
        _refuse_unknown(group, None)
        if not isinstance(options, Mapping) or not options:
            raise _invalid(f'The value of group {group} specified in the config should be a '
                           'dictionary of options')
        for option in options:
            _refuse_unknown(group, option)
    return {group: dict(options) for group, options in config.items()}


def _refuse_unknown(group: str | None, option: str | None) -> None:
    """:raises Forbidden: for what no domain may have of its own"""
    if group is not None and group not in domain_options.DEFAULTS:
        raise _invalid(f'Group {group} is not supported for domain specific configurations')
    if group is not None and option is not None and not domain_options.is_known(group, option):
        raise _unknown_option(group, option)


def _unknown_option(group: str, option: str) -> errors.Forbidden:
    return _invalid(f'Option {option} in group {group} is not supported for domain specific '
                    'configurations')


def _invalid(why: str) -> errors.Forbidden:
    return errors.Forbidden(f'Invalid domain specific configuration: {why}.')
