"""The passthrough to a real OpenStack."""
from jumpgate.common.passthrough.cloud import tls_context
from jumpgate.common.passthrough.upstream import Upstream
from jumpgate.common.passthrough.validation import UpstreamValidator

__all__ = ['Upstream', 'UpstreamValidator', 'tls_context']
