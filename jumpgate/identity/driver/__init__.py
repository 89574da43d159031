"""The interface between the identity controllers and a cloud."""
from jumpgate.common.driver import Driver


class IdentityDriver(Driver):
    """What an identity service can do: who a caller is, and what with."""
