"""Glance's API: image."""
from jumpgate.common.service import PROJECT_PERSONAS, Service
from jumpgate.image.driver import ImageDriver
from jumpgate.image.endpoints import MAP

_SEES = ("project_id:%(project_id)s or project_id:%(member_id)s or 'community':%(visibility)s "
         "or 'public':%(visibility)s or 'shared':%(visibility)s")
_SHARES = 'project_id:%(project_id)s or project_id:%(member_id)s'

#: Who may do what with images by default: the check strings that operations name as their role.
_PERSONAS = {
    **PROJECT_PERSONAS,
    'anyone': '@',
    # of images: what they see is what the driver finds for them
    'viewer': f'role:admin or (role:reader and ({_SEES}))',
    'downloader': f'role:admin or (role:member and ({_SEES}))',
    'creator': ('role:admin or (role:member and project_id:%(project_id)s and '
                'project_id:%(owner)s)'),
    # of members: the project of the image, and those that it is shared with
    'sharer': f'role:admin or (role:reader and ({_SHARES}))',
    'sharee': 'role:admin or (role:member and project_id:%(member_id)s)',
    # of metadata definitions
    'definition_reader': ("role:admin or (role:reader and (project_id:%(project_id)s or "
                          "'public':%(visibility)s))"),
}

SERVICE = Service(
    name='image', project='glance', types=('image',), catalog_path='', port=9292,
    map=MAP, driver=ImageDriver, personas=_PERSONAS, unknown_is_404=True)
