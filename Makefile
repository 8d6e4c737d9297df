run test check fix bench gallery:
	@scripts/$@

.PHONY: run test check fix bench gallery
