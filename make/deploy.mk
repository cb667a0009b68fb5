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
organization: .venv/.installed ## Add an organization and its first user: NAME="Atelier Durand" EMAIL=claire@…
	@$(OPERATE) organization --name "$(NAME)" --email "$(EMAIL)"

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
sender-domain: .venv/.installed ## Let an organization send from a verified domain: DOMAIN=… COLLEAGUE=claire@…
	@$(OPERATE) sender-domain --domain "$(DOMAIN)" --colleague "$(COLLEAGUE)"

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
