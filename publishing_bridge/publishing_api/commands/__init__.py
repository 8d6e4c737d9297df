"""The Publishing API's commands, one module each: they change, record, and answer as it does."""
