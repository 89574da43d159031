"""The compute drivers that come with Jumpgate, a package a cloud."""
