"""Requests that go on to the real Publishing API, and the copies kept of them."""
