"""What requests and answers look like; the documents that the API publishes about itself."""
