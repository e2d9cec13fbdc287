# SPDX-License-Identifier: CC-BY-4.0

# May miss: later versions import it.
/^# -- Path setup ---/i\
import sys\


# May miss: later versions name the language.
/^language = None$/s/None/'en'/

/^extensions = \[\]$/a\
\
# Diagrams: without the extension, pages show what they are made from.\
try:\
    import sphinxcontrib.mermaid\
    extensions.append('sphinxcontrib.mermaid')\
except ImportError:\
    from docutils.parsers.rst.directives import body, register_directive\
    register_directive('mermaid', body.CodeBlock)
