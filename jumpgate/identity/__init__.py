"""Keystone's API: identity."""
from jumpgate.common.service import Service
from jumpgate.identity.driver import IdentityDriver
from jumpgate.identity.endpoints import MAP

SERVICE = Service(
    name='identity', project='keystone', types=('identity',), catalog_path='', port=5000,
    map=MAP, driver=IdentityDriver,
    trailing_slash=True,
    # what an operation of the map needs until a controller brings its own rule
    personas={
        'none': '@',
        'owner': 'user_id:%(user_id)s or role:admin',
        'project': 'project_id:%(project_id)s or role:admin',
        'service': 'role:service or role:admin',
        'admin': 'role:admin',
    })
