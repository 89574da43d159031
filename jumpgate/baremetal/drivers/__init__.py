"""The baremetal drivers that come with Jumpgate, a package a cloud."""
