"""What stands around the text of every page: breadcrumbs, related pages, what machines read."""
