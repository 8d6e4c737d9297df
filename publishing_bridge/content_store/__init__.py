"""The content store's wire format: what front ends read and Publishing API pushes."""
