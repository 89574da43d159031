"""What an image service deals in: images, their data and members, tasks, stores, definitions."""
