"""The volume drivers that come with Jumpgate, a package a cloud."""
