# SPDX-License-Identifier: GPL-2.0-only
# May be absent: only later versions have this file.

# May miss: the extension is installed already.
/^      - python -m pip install .* sphinx-rtd-theme$/s/$/ sphinxcontrib-mermaid/
