"""The network drivers that come with Jumpgate, a package a cloud."""
