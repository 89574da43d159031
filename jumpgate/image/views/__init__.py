"""What answers look like. Glance's links are paths below its own root, so nothing else is needed
to write them.
"""
