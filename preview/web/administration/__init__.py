"""Pages for people with the permission `admin`: links, queues, apps, people."""
