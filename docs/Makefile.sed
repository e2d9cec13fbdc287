# SPDX-License-Identifier: GPL-2.0-only

/^\.PHONY: sphinx-html$/i\
# All that the pages need, in a virtual environment of its own, for systems that\
# have no packages of it.  Needs an index of Python packages that pip knows.\
.PHONY: sphinx-env-build\
sphinx-env-build:\
	$(PYTHON) -m venv sphinx/env\
	sphinx/env/bin/pip install sphinx sphinx-rtd-theme sphinxcontrib-mermaid\
	sphinx/env/bin/sphinx-build -b html . sphinx/html\


/^	rm -rf html txt pdf sphinx\/html$/s/$/ sphinx\/env/
