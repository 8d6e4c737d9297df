run test check fix bench:
	@scripts/$@

.PHONY: run test check fix bench
