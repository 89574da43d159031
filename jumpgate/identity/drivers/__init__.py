"""The identity drivers that come with Jumpgate, a package a cloud."""
