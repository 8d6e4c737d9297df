"""The Publishing API's wire format: what publisher apps speak already."""
