# Building, deploying and operating a stack. ENV names a section of samconfig.toml.

ENV ?= default
SAM := SAM_CLI_TELEMETRY=0 $(RUN) sam
OPERATE := PYTHONPATH=layers/core $(RUN) python -m scripts.operate --environment $(ENV)
# What a layer installs, with hashes, straight from the lock file.
EXPORT := $(UV) export --quiet --frozen --no-emit-project --no-annotate --no-header
DEPENDENCIES := $(EXPORT) --no-default-groups
RENDER := $(EXPORT) --only-group render
# pikepdf loads these two only to write metadata and to extract images: half of the layer, and nothing to feed hostile files.
INSPECT := $(EXPORT) --only-group inspect --no-emit-package lxml --no-emit-package pillow

.PHONY: build
build: .venv/.installed ## Build functions and layers for Lambda into .aws-sam
	$(SAM) build
	PYTHONPATH=layers/core $(RUN) python -m scripts.finish_build

.PHONY: deploy
deploy: build ## Deploy the stack; asks for the parameters the first time (ENV=default)
	SAM_CLI_TELEMETRY=0 $(RUN) python -m scripts.deploy --environment $(ENV)

.PHONY: domain
domain: .venv/.installed ## Show the DNS records to create, and the domain's status in SES
	@$(OPERATE) domain

.PHONY: organization
organization: .venv/.installed ## Add an organization and its first user: NAME="Atelier Durand" EMAIL=claire@… (EXCLUSIVE=1 DOMAIN=…)
	@$(OPERATE) organization --name "$(NAME)" --email "$(EMAIL)" --domain "$(DOMAIN)" --exclusive "$(EXCLUSIVE)"

.PHONY: user
user: .venv/.installed ## Add somebody to a colleague's organization: EMAIL=… COLLEAGUE=claire@… (ROLE=admin)
	@$(OPERATE) user --email "$(EMAIL)" --colleague "$(COLLEAGUE)" --role "$(or $(ROLE),member)"

.PHONY: role
role: .venv/.installed ## Make somebody an administrator or a member: EMAIL=… ROLE=admin|member
	@$(OPERATE) role --email "$(EMAIL)" --role "$(ROLE)"

.PHONY: client
client: .venv/.installed ## Give a host application access, acting as a user: NAME=erp ACTS_AS=claire@…
	@$(OPERATE) client --name "$(NAME)" --acts-as "$(ACTS_AS)"

.PHONY: remove-client
remove-client: .venv/.installed ## Take the access of a host application away: CLIENT=<id>
	@$(OPERATE) remove-client --client "$(CLIENT)"

.PHONY: sender-domain
sender-domain: .venv/.installed ## Let an organization send from a verified domain: DOMAIN=… COLLEAGUE=claire@… (EXCLUSIVE=1: it alone)
	@$(OPERATE) sender-domain --domain "$(DOMAIN)" --colleague "$(COLLEAGUE)" --exclusive "$(EXCLUSIVE)"

.PHONY: remove-sender-domain
remove-sender-domain: .venv/.installed ## Take a domain from an organization: DOMAIN=… COLLEAGUE=claire@…
	@$(OPERATE) remove-sender-domain --domain "$(DOMAIN)" --colleague "$(COLLEAGUE)"

.PHONY: sender-address
sender-address: .venv/.installed ## Let an organization send from an address of a shared domain: ADDRESS=… COLLEAGUE=claire@…
	@$(OPERATE) sender-address --address "$(ADDRESS)" --colleague "$(COLLEAGUE)"

.PHONY: remove-sender-address
remove-sender-address: .venv/.installed ## Take such an address from an organization: ADDRESS=… COLLEAGUE=claire@…
	@$(OPERATE) remove-sender-address --address "$(ADDRESS)" --colleague "$(COLLEAGUE)"

.PHONY: limit
limit: .venv/.installed ## Messages that an organization may send in a day: EMAIL=claire@… MESSAGES=2000
	@$(OPERATE) limit --email "$(EMAIL)" --messages "$(MESSAGES)"

.PHONY: suspend
suspend: .venv/.installed ## Stop everything that an organization mails: EMAIL=claire@…
	@$(OPERATE) suspend --email "$(EMAIL)"

.PHONY: unsuspend
unsuspend: .venv/.installed ## Let an organization mail again: EMAIL=claire@…
	@$(OPERATE) unsuspend --email "$(EMAIL)"

.PHONY: forget
forget: .venv/.installed ## Forget a person: ADDRESS=… or USER=… (NAMES="Ana Martin,…" DELETE_PDFS=1)
	@$(OPERATE) forget --address "$(ADDRESS)" --user "$(if $(filter command line,$(origin USER)),$(USER))" \
		--names "$(NAMES)" --delete-pdfs "$(DELETE_PDFS)"

.PHONY: export
export: .venv/.installed ## Write what is known of a person: ADDRESS=… (NAMES="…" FILE=person.json)
	@$(OPERATE) export --address "$(ADDRESS)" --names "$(NAMES)" --file "$(or $(FILE),person.json)"

.PHONY: requirements
requirements: ## Generate the requirements of the layers from uv.lock
	$(DEPENDENCIES) --output-file layers/dependencies/requirements.txt
	$(RENDER) --output-file layers/render/requirements.txt
	$(INSPECT) --output-file layers/inspect/requirements.txt

.PHONY: check-template
check-template: .venv/.installed
	@$(DEPENDENCIES) | diff layers/dependencies/requirements.txt - || (echo "run: make requirements"; exit 1)
	@$(RENDER) | diff layers/render/requirements.txt - || (echo "run: make requirements"; exit 1)
	@$(INSPECT) | diff layers/inspect/requirements.txt - || (echo "run: make requirements"; exit 1)
	$(RUN) cfn-lint template.yaml
	$(SAM) validate --lint
	$(RUN) pytest -q tests/template
