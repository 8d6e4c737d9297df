"""The Publishing API's queries, one module each."""
