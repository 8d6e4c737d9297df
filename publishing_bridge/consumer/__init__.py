"""The consumer of `published_documents`: what went live, also without the bridge."""
