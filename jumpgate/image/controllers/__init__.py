"""What Glance's API means: requests become wishes, the driver's answers become views."""
