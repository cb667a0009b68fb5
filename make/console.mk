# The console: built from TypeScript into static files that its function serves.

NPM := npm --prefix console --no-audit --no-fund
CONSOLE_BUILD := functions/console/dist/index.html
CONSOLE_SOURCES := $(shell find console -path console/node_modules -prune -o -path console/dist -prune -o -type f -print)

.PHONY: console-build
console-build: $(CONSOLE_BUILD) ## Build the console into its function

.PHONY: console-check
console-check: console/node_modules/.installed $(CONSOLE_BUILD) ## Check the console: types of the API, lint, size
	$(NPM) run --silent check

.PHONY: console-test
console-test: console/node_modules/.installed ## Run the console's own tests
	$(NPM) run --silent test

# The browser of the tests is Debian's package, so that nothing else is downloaded.
.PHONY: browser
browser: ## Install the browser of the tests (Chromium), if it is missing
	@command -v chromium >/dev/null || { \
		if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq chromium; \
		elif command -v sudo >/dev/null; then sudo apt-get update -qq && sudo apt-get install -y -qq chromium; \
		else echo "The tests need Chromium. As root: apt-get install chromium"; exit 1; fi; }

.PHONY: screenshots
screenshots: .venv/.installed console-build browser ## Take the README's screenshots again, and three walks into .screenshots/
	$(RUN) python -m scripts.walks
	$(RUN) python -m scripts.screenshots

# Without Node.js the API and the mailbox still start, and `/` says what to install.
.PHONY: console-if-possible
console-if-possible:
	@if ! command -v npm >/dev/null; then \
		echo "Without Node.js (20.19 or later, or 22.12) there is no console: the API and the mailbox start alone."; \
	else $(MAKE) --no-print-directory console-build \
		|| echo "The console could not be built: the API and the mailbox start alone."; fi

run: console-if-possible
build: console-build
check: console-check
test: console-test console-build browser

console/node_modules/.installed: console/package.json console/package-lock.json
	$(NPM) ci --silent
	@touch $@

$(CONSOLE_BUILD): console/node_modules/.installed $(CONSOLE_SOURCES)
	$(NPM) run --silent build
	@rm -rf $(@D) && cp -R console/dist $(@D)
	@touch $@
