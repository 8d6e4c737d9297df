"""The addresses of the Publishing API, a module a resource."""
