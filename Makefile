run test check fix bench gallery tour:
	@scripts/$@

.PHONY: run test check fix bench gallery tour
