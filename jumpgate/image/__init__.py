"""Glance's API: image."""
from jumpgate.common.service import PROJECT_PERSONAS, Service
from jumpgate.image.driver import ImageDriver
from jumpgate.image.endpoints import MAP

SERVICE = Service(
    name='image', project='glance', types=('image',), catalog_path='', port=9292,
    map=MAP, driver=ImageDriver,
    personas=PROJECT_PERSONAS)
